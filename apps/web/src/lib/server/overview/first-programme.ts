import { addDays, periodEnd } from '@dinh/domain/kernel';

interface Programme {
  programme: string;
  periods: readonly { period: string; submitted: number }[];
}

const YEAR = 365;

/** The programme a first look is about: the one of which most sheets were sent for the periods of the past year; of equals the first. */
export function firstProgramme<P extends Programme>(programmes: readonly P[], today: string): P | undefined {
  const since = addDays(today, -YEAR);
  const sent = ({ periods }: P) =>
    periods.filter(({ period }) => periodEnd(period) >= since).reduce((total, { submitted }) => total + submitted, 0);
  return programmes.toSorted((a, b) => sent(b) - sent(a))[0];
}
