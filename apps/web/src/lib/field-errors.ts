import type { Refusal, Translator } from '@dinh/texts/catalog';

type FormRefusal = Refusal & { fields?: readonly (Refusal & { path: string })[] };

/**
 * Sorts a refusal into what belongs to a field and what does not, so that a mistake is explained where it was made.
 * `rest` is null when every part of it found its field.
 */
export function fieldErrors(t: Translator, refusal: FormRefusal | null | undefined) {
  const fields = refusal?.fields ?? [];
  return {
    rest: refusal && fields.length === 0 ? refusal : null,
    of: (path: string): string | undefined => {
      const found = fields.find((field) => field.path === path);
      if (!found) return undefined;
      const { sentence, remedy } = t.refusal(found);
      return remedy ? `${sentence} ${remedy}` : sentence;
    },
  };
}
