import { contributionKinds, giverKinds } from '@dinh/domain/contributions';
import { error } from '@sveltejs/kit';
import { decimalFrom, type ListRow, rowsOf } from '../contributions/decimals.ts';
import { unitIdOf } from './params.ts';
import { textOf } from './sign-in.ts';

export { decimalFrom };

const uuidPattern = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Names a drive out of an address. */
export const driveKeyOf = ({ id, drive }: { id: string; drive: string }) => ({
  unitId: unitIdOf(id),
  driveId: uuidPattern.test(drive) ? drive : error(404, 'contributions.drive-unknown'),
});

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
  const kind = giverKinds.find((kind) => kind === textOf(form, 'giver')) ?? 'household';
  // Their fields are out of sight then; what was left in them is not meant.
  if (kind === 'anonymous') return { kind, name: '', publish: false };
  return { kind, name: textOf(form, 'giverName'), publish: form.get('publish') === 'on' };
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

/** The lines of a paper list: typed into its rows, pasted below them, or both. Empty ones are left out. */
export function rowsFrom(form: FormData): ListRow[] {
  const [names, papers] = [form.getAll('rowName').map(String), form.getAll('rowPaper').map(String)];
  const typed = form.getAll('rowQuantity').map((quantity, place) => ({
    name: names[place]?.trim() ?? '',
    quantity: String(quantity).trim(),
    paper: papers[place]?.trim() ?? '',
  }));
  const rows = [...typed, ...rowsOf(textOf(form, 'lines'))];
  return rows.filter(({ name, quantity, paper }) => name !== '' || quantity !== '' || paper !== '');
}
