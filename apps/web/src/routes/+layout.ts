import { loadCatalog } from '@dinh/texts/catalog';
import type { LayoutLoad } from './$types';

export const load: LayoutLoad = async ({ data }) => ({ ...data, catalog: await loadCatalog(data.language) });
