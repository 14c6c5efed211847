import { contributionKinds, giverKinds } from '@dinh/domain/contributions';
import { error } from '@sveltejs/kit';
import { unitIdOf } from './params.ts';
import { textOf } from './sign-in.ts';

const uuidPattern = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Names a drive out of an address. */
export const driveKeyOf = ({ id, drive }: { id: string; drive: string }) => ({
  unitId: unitIdOf(id),
  driveId: uuidPattern.test(drive) ? drive : error(404, 'contributions.drive-unknown'),
});

/** Figures of any script, with a decimal comma or point, as a plain decimal. Whole numbers may be grouped: `1.200.000`. */
export function decimalFrom(text: string, isWhole: boolean): string {
  const latin = text
    .replace(/[٠-٩]/g, (figure) => String(figure.charCodeAt(0) - 0x660))
    .replace(/[۰-۹]/g, (figure) => String(figure.charCodeAt(0) - 0x6f0))
    .replace(/[\s\u00a0\u202f٬]/g, '')
    .replace(/٫/g, '.');
  return isWhole ? latin.replace(/[.,](?=\d{3}(\D|$))/g, '') : latin.replace(',', '.');
}

export const kindFrom = (form: FormData) => contributionKinds.find((kind) => kind === textOf(form, 'kind')) ?? 'money';

/** What the fields of a gift or a use say. */
export function itemFrom(form: FormData) {
  const kind = kindFrom(form);
  const named = { name: textOf(form, 'name'), unit: textOf(form, 'unit') };
  return {
    kind,
    quantity: decimalFrom(textOf(form, 'quantity'), kind === 'money'),
    ...(kind !== 'money' && kind !== 'land' && kind !== 'labour' && named),
  };
}

export function giverFrom(form: FormData) {
  return {
    kind: giverKinds.find((kind) => kind === textOf(form, 'giver')) ?? 'household',
    name: textOf(form, 'giverName'),
    publish: form.get('publish') === 'on',
  };
}

/** Of given land only. */
export function landFrom(form: FormData) {
  if (kindFrom(form) !== 'land') return {};
  return { land: { parcel: textOf(form, 'parcel'), certificateUpdated: form.get('certificate') === 'on' } };
}

export async function contentFrom(form: FormData): Promise<string> {
  const file = form.get('file');
  return file instanceof File && file.size > 0 ? Buffer.from(await file.arrayBuffer()).toString('base64') : '';
}

/** Lines of a paper list as they were typed or pasted: a name, then a quantity, kept apart by a tab or a semicolon. */
export function rowsFrom(text: string, kind: ReturnType<typeof kindFrom>) {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((line) => {
      const cut = Math.max(line.lastIndexOf('\t'), line.lastIndexOf(';'), line.lastIndexOf('؛'));
      const name = cut < 0 ? '' : line.slice(0, cut).trim();
      const quantity = decimalFrom(line.slice(cut + 1), kind === 'money');
      return { name, quantity };
    });
}
