import { decimalOf, milliOf } from '@dinh/domain/contributions';
import type { PublicLine, PublicSection } from '@dinh/domain/publications';
import type { Translator } from '@dinh/texts/catalog';
import type { PublishedDrive } from '../contributions/public.ts';
import { section } from './sections.ts';
import { inLanguage, line, moneyText, nameIn, quantityText, thingName } from './words.ts';

/** Drives that a list of a unit's drives holds at most; see `publishedDrives`. */
const MOST_DRIVES = 20;
const MOST_THINGS = 12;
/** Fewer people than this are not told apart from the others. */
const FEW = 5;

type Given = PublishedDrive['given'][number];

function givenLine(t: Translator, thing: Given): PublicLine {
  const used = thing.used === '0' ? null : t('publications.page.used', { amount: quantityText(t, thing, thing.used) });
  const held = thing.used === '0' ? null : t('publications.page.left', { amount: quantityText(t, thing, thing.held) });
  const detail = line(used, held);
  return {
    text: thingName(t, thing),
    value: quantityText(t, thing, thing.received),
    ...(detail !== '' && { detail }),
  };
}

const add = (a: string, b: string) => decimalOf((milliOf(a) ?? 0n) + (milliOf(b) ?? 0n));

/** What was given in all drives together, each thing by itself: money is never added to labour or land. */
export function totalsOf(drives: readonly PublishedDrive[]): Given[] {
  const totals = new Map<string, Given>();
  for (const thing of drives.flatMap(({ given }) => given)) {
    const key = `${thing.kind} ${thing.name} ${thing.unit}`;
    const known = totals.get(key);
    const { received, used, held } = thing;
    totals.set(
      key,
      known
        ? {
            ...known,
            received: add(known.received, received),
            used: add(known.used, used),
            held: add(known.held, held),
          }
        : { ...thing, worth: null },
    );
  }
  return [...totals.values()];
}

function shownThings(t: Translator, things: readonly Given[]): PublicLine[] {
  const lines = things.slice(0, MOST_THINGS).map((thing) => givenLine(t, thing));
  const more = things.length - lines.length;
  return more > 0 ? [...lines, { text: t('publications.page.more-things', { count: more }) }] : lines;
}

/** What people gave, by kind, over all drives shown. */
export function givenSection(t: Translator, drives: readonly PublishedDrive[]): PublicSection[] {
  const lines = shownThings(t, totalsOf(drives));
  const first = lines[0];
  if (drives.length >= MOST_DRIVES && first)
    lines[0] = { ...first, detail: line(first.detail, t('publications.page.latest-drives', { count: MOST_DRIVES })) };
  return section('given', t('publications.page.given'), lines);
}

/** Drives of a unit, each with the way to its own page where it has a code. */
export function drivesSection(
  t: Translator,
  drives: readonly PublishedDrive[],
  codes: ReadonlyMap<string, string>,
): PublicSection[] {
  const lines = drives.slice(0, 8).map(({ id, title, state, from, to, given, currency }): PublicLine => {
    const code = codes.get(id);
    const money = given.find(({ kind }) => kind === 'money');
    return {
      text: title,
      value: t(`contributions.${state}`),
      detail: line(
        t('contributions.span', { from: t.format.date(from), to: t.format.date(to) }),
        money && t('publications.page.received', { amount: moneyText(t, currency, money.received) }),
      ),
      ...(code !== undefined && { href: inLanguage(t, `/p/${code}`) }),
    };
  });
  return section('drives', t('publications.page.drives'), lines);
}

/** Votes in words, unless so few were on one side that they could be recognised. */
function votesText(t: Translator, { votes, threshold }: NonNullable<PublishedDrive['decision']['paper']>): string {
  const against = votes.of - votes.for;
  const tellable = votes.of >= FEW && votes.for >= FEW && (against === 0 || against >= FEW);
  return tellable
    ? t('contributions.votes', { for: t.format.number(votes.for), of: t.format.number(votes.of) })
    : t(`contributions.threshold.${threshold}`);
}

/** The page of one drive: what was decided, what came in, where it went. */
export function driveSections(t: Translator, drive: PublishedDrive): PublicSection[] {
  const { decision, from, to, target, currency, given, vouchers, named, households, givers } = drive;
  const day = t.format.date;
  const paper = decision.paper;
  const decided: PublicLine[] = [
    { text: t('contributions.purpose'), detail: nameIn(t, drive.purpose) },
    { text: t('contributions.rule'), detail: nameIn(t, drive.spendingRule) },
    {
      text: t('contributions.decision'),
      value: day(decision.on),
      detail: paper
        ? line(
            t('publications.page.decision', { number: nameIn(t, paper.number), day: day(decision.on) }),
            nameIn(t, paper.issuer),
            votesText(t, paper),
          )
        : nameIn(t, decision.conclusion ?? ''),
    },
    {
      text: t(`contributions.${drive.state}`),
      value: t('contributions.span', { from: day(from), to: day(to) }),
      detail: t('publications.page.voluntary'),
    },
  ];
  const money = given.find(({ kind }) => kind === 'money');
  const sum = shownThings(t, given);
  if (target !== null)
    sum.unshift({
      text: t('contributions.target'),
      value: moneyText(t, currency, String(target)),
      // A tenth is a stroke: how far it is, at a glance.
      strokes: { met: Math.min(10, Math.floor((Number(money?.received ?? '0') * 10) / target)), of: 10 },
      detail: t('publications.page.received', { amount: moneyText(t, currency, money?.received ?? '0') }),
    });
  if (givers !== null)
    sum.push({
      text: t('publications.page.givers'),
      value: t.format.number(givers),
      ...(households !== null && { detail: t('publications.page.households', { count: households }) }),
    });
  const spent = vouchers.map(
    (voucher): PublicLine => ({
      text: voucher.what === '' ? thingName(t, voucher) : voucher.what,
      value: quantityText(t, voucher, voucher.quantity),
      detail: line(t('contributions.voucher-is', { number: nameIn(t, voucher.number) }), day(voucher.on)),
    }),
  );
  const shown = named.slice(0, 100).map((name): PublicLine => ({ text: name }));
  return [
    ...section('given', t('publications.page.given'), sum),
    ...section('decided', t('publications.page.decided'), decided),
    ...section('vouchers', t('publications.page.vouchers'), spent),
    ...section('named', t('publications.page.named'), shown),
  ];
}
