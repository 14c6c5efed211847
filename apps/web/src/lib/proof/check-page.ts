import { digestPattern, headFaults, rootsFileSchema, type Verified, verifyPage } from '@dinh/domain/proof';

// Runs in the checking page, also from a file: it asks nothing of any server.

/** Texts by key without `proof.`; a text with `{where}` is filled here. */
type Words = Record<string, string>;

const words = JSON.parse(document.querySelector('#words')?.textContent ?? '{}') as Record<string, Words>;
const pick = <E extends Element>(selector: string, kind: new () => E): E => {
  const found = document.querySelector(selector);
  if (!(found instanceof kind)) throw new Error(selector);
  return found;
};

let language = document.documentElement.lang;
const say = (key: string, params: Record<string, string> = {}) =>
  (words[language]?.[key] ?? key).replace(/\{(\w+)[^{}]*\}/g, (whole, name: string) => params[name] ?? whole);

function speak(wanted: string): void {
  language = wanted in words ? wanted : 'vi';
  document.documentElement.lang = language;
  document.documentElement.dir = language === 'ar' ? 'rtl' : 'ltr';
  document.title = say('check.title');
  for (const place of document.querySelectorAll<HTMLElement>('[data-say]')) {
    place.textContent = say(place.dataset.say ?? '');
  }
  for (const button of document.querySelectorAll<HTMLElement>('[data-speak]')) {
    button.setAttribute('aria-pressed', String(button.dataset.speak === language));
  }
}

const element = (tag: string, text: string, className = ''): HTMLElement => {
  const made = document.createElement(tag);
  made.textContent = text;
  if (className) made.className = className;
  return made;
};

/** What was read, plainly: a forged look cannot dress it up. */
function contentOf({ page }: Verified): HTMLElement[] {
  if (!page) return [];
  const list = element('div', '', 'says');
  list.append(element('h3', page.title), element('p', `${page.kind} · ${page.asOf}`, 'soft'));
  for (const { heading, lines } of page.sections) {
    list.append(element('h4', heading));
    for (const { text, value, detail, strokes, href, image } of lines) {
      const said = [text, value, strokes && `${strokes.met}/${strokes.of}`, detail, image?.alt, href];
      list.append(element('p', said.filter((each) => each !== undefined && each !== '').join(' · ')));
    }
  }
  return [element('h2', say('check.says')), list];
}

function show(result: Verified): void {
  const { faults, head, trusted } = result;
  const state = faults.length > 0 ? 'altered' : trusted ? 'intact' : 'self-consistent';
  const sheet = element('section', '', `sheet ${state}`);
  sheet.append(element('h2', say(state)));
  for (const { kind, where } of faults.slice(0, 20)) sheet.append(element('p', say(`fault.${kind}`, { where })));
  if (head) {
    sheet.append(element('p', say('seal', { number: String(head.number), day: head.day }), 'soft'));
    const seal = element('code', head.hash.match(/.{8}/g)?.join(' ') ?? '');
    seal.dir = 'ltr';
    sheet.append(seal);
  }
  if (faults.length === 0) sheet.append(...contentOf(result));
  pick('#result', HTMLElement).replaceChildren(sheet);
  sheet.scrollIntoView({ block: 'nearest' });
}

const complain = (key: string) => pick('#result', HTMLElement).replaceChildren(element('p', say(key), 'sheet altered'));

async function rootsGiven(): Promise<string[] | null | undefined> {
  const typed = pick('#root', HTMLInputElement).value.replace(/\s/g, '').toLowerCase();
  const file = pick('#roots', HTMLInputElement).files?.[0];
  if (typed === '' && !file) return null;
  if (typed !== '' && !digestPattern.test(typed)) return [typed];
  const listed =
    file &&
    rootsFileSchema.safeParse(
      await file
        .text()
        .then(JSON.parse)
        .catch(() => null),
    ).data;
  if (file && (!listed || headFaults(listed.heads).length > 0)) return undefined;
  return [...(typed === '' ? [] : [typed]), ...(listed?.heads.map(({ hash }) => hash) ?? [])];
}

/** A verdict stands beside what it was given on, and never beside another page that is being chosen or read. */
const withdraw = () => pick('#result', HTMLElement).replaceChildren();

pick('form', HTMLFormElement).addEventListener('input', withdraw);
pick('form', HTMLFormElement).addEventListener('submit', async (event) => {
  event.preventDefault();
  withdraw();
  const file = pick('#page', HTMLInputElement).files?.[0];
  if (!file) return complain('check.pick');
  const roots = await rootsGiven();
  if (roots === undefined) return complain('check.roots-wrong');
  show(verifyPage(await file.text(), roots, pick('#site', HTMLInputElement).value.trim().replace(/\/+$/, '')));
});
for (const button of document.querySelectorAll<HTMLElement>('[data-speak]')) {
  button.addEventListener('click', () => speak(button.dataset.speak ?? ''));
}
speak(language);
