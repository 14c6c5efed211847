import { type ProductFormat, productFormats } from '@dinh/domain/products';
import { textOf } from './sign-in.ts';

/** What the fields of a product say, with the bytes of an attached file. */
export async function productFrom(form: FormData) {
  const given = textOf(form, 'format');
  const format: ProductFormat = productFormats.find((each) => each === given) ?? 'other';
  const file = form.get('file');
  const attached = file instanceof File && file.size > 0;
  return {
    format,
    title: textOf(form, 'title'),
    language: textOf(form, 'language'),
    authors: form.getAll('authors').map(String),
    body: textOf(form, 'body'),
    url: textOf(form, 'url') || null,
    rights: textOf(form, 'rights'),
    ...(attached && { content: Buffer.from(await file.arrayBuffer()).toString('base64') }),
  };
}
