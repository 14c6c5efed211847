/** How mail leaves this installation. */
export type MailSettings = {
  /** `smtps://user:password@host:465`, `smtp://host:25`. */
  url: string;
  /** What stands as sender: an address, or `Name <address>`. */
  from: string;
  /** Where the pages are: links in mail begin with it. Never taken from a request, which may name any host. */
  origin: string;
};

type Environment = Readonly<Record<string, string | undefined>>;

const originOf = (text: string | undefined): string | null => {
  const given = text?.trim() ?? '';
  if (!URL.canParse(given)) return null;
  const { protocol, origin } = new URL(given);
  return protocol === 'https:' || protocol === 'http:' ? origin : null;
};

/** `DINH_SMTP_URL`, `DINH_MAIL_FROM` and `DINH_ORIGIN`; null unless all three are there and can be used. */
export function mailSettings(environment: Environment = process.env): MailSettings | null {
  const url = environment.DINH_SMTP_URL?.trim() ?? '';
  const from = environment.DINH_MAIL_FROM?.trim() ?? '';
  const origin = originOf(environment.DINH_ORIGIN);
  if (!/^smtps?:\/\//.test(url) || !URL.canParse(url) || !from.includes('@') || origin === null) return null;
  return { url, from, origin };
}

/** Whom push services may turn to (RFC 8292): the sender of mail, or where the pages are. */
export function contactOf(environment: Environment = process.env): string {
  const address = /[^\s<>]+@[^\s<>]+/.exec(environment.DINH_MAIL_FROM ?? '')?.[0];
  if (address) return `mailto:${address}`;
  const origin = originOf(environment.DINH_ORIGIN);
  return origin?.startsWith('https:') ? origin : 'mailto:dinh@example.org';
}
