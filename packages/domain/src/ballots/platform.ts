/** A key the platform's cryptography made; nobody but it looks inside. */
export type VerifyingKey = { readonly type: string };

type Hashed = { name: string; hash: string };

/** What is used of the cryptography and encodings that browsers and Node have built in, under the same global names. */
interface Platform {
  crypto: {
    subtle?: {
      importKey(
        format: 'spki',
        data: Uint8Array,
        algorithm: Hashed,
        extractable: boolean,
        uses: ['verify'],
      ): Promise<VerifyingKey>;
      verify(
        algorithm: { name: string; saltLength: number },
        key: VerifyingKey,
        signature: Uint8Array,
        data: Uint8Array,
      ): Promise<boolean>;
      digest(algorithm: string, data: Uint8Array): Promise<ArrayBuffer>;
    };
  };
  TextEncoder: new () => { encode(text: string): Uint8Array };
  atob(text: string): string;
  btoa(text: string): string;
}

const platform = globalThis as unknown as Platform;

/** False where a page came over an unprotected connection: browsers then keep their cryptography to themselves. */
export const canSeal = (): boolean => platform.crypto?.subtle !== undefined;

/** The platform's cryptography. @throws TypeError where `canSeal` is false */
export function subtle(): NonNullable<Platform['crypto']['subtle']> {
  const found = platform.crypto?.subtle;
  if (!found) throw new TypeError('no cryptography on an unprotected connection');
  return found;
}

export const utf8 = (text: string): Uint8Array => new platform.TextEncoder().encode(text);

/** Bytes as text without padding, the form in which ballots travel and are published. */
export function toText(bytes: Uint8Array): string {
  const binary = Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
  return platform.btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}

/** @throws TypeError for anything that is not such text */
export function toBytes(text: string): Uint8Array {
  if (!/^[\w-]*$/.test(text) || text.length % 4 === 1) throw new TypeError('not base64url');
  const binary = platform.atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  return Uint8Array.from(binary, (letter) => letter.charCodeAt(0));
}
