import { randomBytes } from 'node:crypto';
import { z } from 'zod';

/** A link's token: the unit it is for, so that using it touches that unit alone, and 256 random bits. */
export function newLinkToken(unitId: number): string {
  return `${unitId.toString(36)}-${randomBytes(32).toString('base64url')}`;
}

/** The unit a token says it is for; whether that is true only the stored digest tells. */
export function unitOfLink(token: string): number {
  return Number.parseInt(token.slice(0, token.indexOf('-')), 36);
}

export const linkTokenSchema = z
  .string()
  .refine((text) => /^[0-9a-z]{1,6}-[A-Za-z0-9_-]{43}$/.test(text) && unitOfLink(text) <= 2_147_483_647, {
    message: 'people.invitation-unknown',
  });

/** Secret of an API token. The prefix lets people and scanners recognise one that leaked. */
export function newApiToken(): string {
  return `dinh_${randomBytes(32).toString('base64url')}`;
}
