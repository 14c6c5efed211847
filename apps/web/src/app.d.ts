import type { RefusalCode, RefusalParams } from '@dinh/domain/kernel';
import type { SignIn } from '@dinh/operations/people';
import type { Language } from '@dinh/texts/catalog';
import type { Services } from '#lib/server/services.ts';

type Session = NonNullable<Awaited<ReturnType<SignIn['sessionOf']>>>;

declare global {
  namespace App {
    interface Error {
      /** Given to the reader to report; the log line carries the same one. */
      reference?: string;
      /** Why an operation said no, for the sentence in the reader's language. */
      refusal?: { code: RefusalCode; params: RefusalParams; said: { sentence: string; remedy: string | undefined } };
    }
    interface Locals {
      language: Language;
      services: Services;
      /** Null for a visitor who has not signed in. */
      session: Session | null;
    }
    interface PageData {
      language: Language;
    }
  }
}
