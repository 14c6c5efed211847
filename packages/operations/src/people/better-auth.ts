import { refuse } from '@dinh/domain/kernel';
import { normalSignInName } from '@dinh/domain/people';
import type { Database } from '@dinh/store/connection';
import { signInTables } from '@dinh/store/people';
import { betterAuth } from 'better-auth';
import { createAuthEndpoint } from 'better-auth/api';
import { setSessionCookie } from 'better-auth/cookies';
import { username } from 'better-auth/plugins/username';
import { z } from 'zod';

const stamps = { createdAt: 'created_at', updatedAt: 'updated_at' };

/**
 * Opens a session for a person whose identity was proved another way (passkey, invitation, demo link). It has no address, so that it
 * can only be called from here, never over HTTP.
 */
const openSession = {
  id: 'dinh-open-session',
  endpoints: {
    openSession: createAuthEndpoint({ method: 'POST', body: z.object({ personId: z.uuid() }) }, async (ctx) => {
      const user = await ctx.context.internalAdapter.findUserById(ctx.body.personId);
      if (!user) return refuse('people.no-account');
      const session = await ctx.context.internalAdapter.createSession(user.id);
      await setSessionCookie(ctx, { session, user });
      return ctx.json({ opened: true });
    }),
  },
};

/**
 * better-auth on our tables: passwords (scrypt), session tokens and signed cookies are its work, none of it ours. Its HTTP endpoints
 * are not served; the functions behind them are called from `sign-in.ts`.
 * @param secret signs the cookies
 */
export function makeBetterAuth(database: Database, secret: string) {
  return betterAuth({
    appName: 'Đình',
    // Needed by the library for links it would send; nothing is sent.
    baseURL: 'http://localhost',
    secret,
    database: { db: signInTables(database), type: 'postgres' },
    telemetry: { enabled: false },
    logger: { level: 'error' },
    // Attempts are counted per name and address in `sign-in.ts`: calls that do not come over HTTP pass this one by.
    rateLimit: { enabled: false },
    user: {
      modelName: 'sign_in_account',
      fields: { emailVerified: 'email_verified', ...stamps },
      additionalFields: { unitId: { type: 'number', required: true, input: false, fieldName: 'unit_id' } },
    },
    session: {
      modelName: 'sign_in_session',
      fields: {
        userId: 'user_id',
        expiresAt: 'expires_at',
        ipAddress: 'ip_address',
        userAgent: 'user_agent',
        ...stamps,
      },
      expiresIn: 30 * 86_400,
      updateAge: 86_400,
      // Asking the table at each request is what makes "sign out everywhere" true at once.
      cookieCache: { enabled: false },
    },
    account: {
      modelName: 'sign_in_credential',
      fields: {
        accountId: 'account_id',
        providerId: 'provider_id',
        userId: 'user_id',
        accessToken: 'access_token',
        refreshToken: 'refresh_token',
        idToken: 'id_token',
        accessTokenExpiresAt: 'access_token_expires_at',
        refreshTokenExpiresAt: 'refresh_token_expires_at',
        ...stamps,
      },
    },
    verification: { modelName: 'sign_in_verification', fields: { expiresAt: 'expires_at', ...stamps } },
    plugins: [
      username({
        displayUsername: false,
        minUsernameLength: 3,
        maxUsernameLength: 200,
        usernameNormalization: normalSignInName,
        usernameValidator: () => true,
      }),
      openSession,
    ],
    advanced: {
      cookiePrefix: 'dinh',
      // The web server sets `secure` by the scheme of the request: a hall's server on plain HTTP must still let people in.
      useSecureCookies: false,
      ipAddress: { disableIpTracking: true },
    },
  });
}
