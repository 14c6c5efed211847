/** What people give. Labour and land stand beside money as equals; nothing is turned into money unless the drive fixed a rate. */
export const contributionKinds = ['money', 'land', 'labour', 'material', 'asset', 'service'] as const;
export type ContributionKind = (typeof contributionKinds)[number];

/** Kinds whose things differ, so each is counted by its own name and unit. */
export const isNamed = (kind: ContributionKind): boolean =>
  kind === 'material' || kind === 'asset' || kind === 'service';

/** A quantity in thousandths of its unit: exact, and one scale for every kind. */
export type Milli = bigint;

// Smallest steps and sensible ends, in thousandths. Money: whole smallest units of the currency. Land: square metres to the hundredth.
// Labour: days and half days.
const bounds: Record<ContributionKind, { step: bigint; most: bigint }> = {
  money: { step: 1000n, most: 1_000_000_000_000_000n },
  land: { step: 10n, most: 10_000_000_000n },
  labour: { step: 500n, most: 100_000_000n },
  material: { step: 1n, most: 1_000_000_000_000n },
  asset: { step: 1000n, most: 1_000_000_000n },
  service: { step: 1n, most: 1_000_000_000n },
};

/** Reads a decimal such as `12.5`. @returns null for what is not one with at most three decimals */
export function milliOf(text: string): Milli | null {
  const found = /^(-?)(\d{1,13})(?:\.(\d{1,3}))?(0*)$/.exec(text);
  if (!found) return null;
  const [, sign, whole = '', part = '', zeros = ''] = found;
  if (zeros !== '' && part.length < 3) return null;
  const milli = BigInt(whole) * 1000n + BigInt(part.padEnd(3, '0'));
  return sign === '-' ? -milli : milli;
}

/** The shortest decimal of a quantity: `12.5`, never `12.500`. */
export function decimalOf(milli: Milli): string {
  const size = milli < 0n ? -milli : milli;
  const part = (size % 1000n).toString().padStart(3, '0').replace(/0+$/, '');
  return `${milli < 0n ? '-' : ''}${size / 1000n}${part === '' ? '' : `.${part}`}`;
}

/** A quantity somebody may give of a kind. @returns null when it is not above zero, not in the kind's steps, or absurdly large */
export function givenQuantity(kind: ContributionKind, text: string): Milli | null {
  const milli = milliOf(text);
  const { step, most } = bounds[kind];
  return milli !== null && milli > 0n && milli <= most && milli % step === 0n ? milli : null;
}
