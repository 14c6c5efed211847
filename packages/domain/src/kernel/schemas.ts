import { z } from 'zod';
import { isDay } from './dates.ts';
import { periodKind } from './period.ts';

// Apart from the dates and periods themselves: pages count with those and need no schemas.

/** Input schema of a day between 1900 and 2200, so that a slip of the finger is caught. */
export const daySchema = z
  .string()
  .refine((text) => isDay(text) && text >= '1900-01-01' && text <= '2200-12-31', { message: 'input.invalid' })
  .meta({ format: 'date' });

export const periodSchema = z
  .string()
  .refine((text) => periodKind(text) !== null, { message: 'programmes.period-wrong' })
  .meta({ description: 'month 2026-11, quarter 2026-Q4 or year 2026' });
