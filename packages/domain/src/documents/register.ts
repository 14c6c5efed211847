/** The number that is next after those taken; a register begins at 1 or where its first paper stood. */
export function nextNumber(taken: readonly number[]): number {
  return taken.reduce((most, number) => Math.max(most, number), 0) + 1;
}

/**
 * Numbers missing between the first and the last that were taken, as stretches. A register that was begun on paper starts at its first
 * number; a voided number is not missing.
 */
export function gapsOf(taken: readonly number[]): { from: number; to: number }[] {
  const sorted = [...new Set(taken)].sort((a, b) => a - b);
  return sorted.flatMap((number, index) => {
    const before = sorted[index - 1];
    return before !== undefined && number > before + 1 ? [{ from: before + 1, to: number - 1 }] : [];
  });
}
