import { randomBytes } from 'node:crypto';
import { mkdir, open, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * The secret that signs session cookies: 256 random bits in `<dataDirectory>/sign-in.secret`, made at the first start, readable by
 * its owner alone. Servers that share a database share this file; a new one signs everybody out and does no other harm.
 */
export async function signInSecret(dataDirectory: string): Promise<string> {
  const path = join(dataDirectory, 'sign-in.secret');
  await mkdir(dataDirectory, { recursive: true });
  try {
    // `wx`: of two processes that start at once one writes, the other reads.
    const file = await open(path, 'wx', 0o600);
    try {
      await file.writeFile(randomBytes(32).toString('base64url'));
      await file.sync();
    } finally {
      await file.close();
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  for (let attempt = 0; attempt < 50; attempt++) {
    const secret = (await readFile(path, 'utf8')).trim();
    if (secret.length >= 43) return secret;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(`${path} is incomplete: delete it and start again; everybody signs in anew`);
}
