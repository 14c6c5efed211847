import { periodSchema } from '@dinh/domain/kernel';
import { z } from 'zod';

export const unitIdSchema = z.int().min(1).max(2_147_483_647);
export const programmeKeySchema = z.string().min(1).max(80);

/** Names one sheet: whose, of which programme, of which period. */
export const sheetKey = { unitId: unitIdSchema, programme: programmeKeySchema, period: periodSchema };
export const sheetKeySchema = z.strictObject(sheetKey);

/** Reasons are read by people: something must stand there, and not a novel. */
export const reasonSchema = z.string().trim().min(3).max(2000);
/** The revision the person was looking at; another one means that somebody else wrote meanwhile. */
export const revisionSchema = z.int().min(1).max(1_000_000);
