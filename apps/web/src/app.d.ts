import type { Language } from '@dinh/texts/catalog';
import type { Services } from '#lib/server/services.ts';

declare global {
  namespace App {
    interface Error {
      /** Given to the reader to report; the log line carries the same one. */
      reference?: string;
    }
    interface Locals {
      language: Language;
      services: Services;
    }
    interface PageData {
      language: Language;
    }
  }
}
