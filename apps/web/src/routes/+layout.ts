import { pageTexts } from '#lib/page-texts.svelte.ts';
import type { LayoutLoad } from './$types';

export const load: LayoutLoad = async ({ data, route }) => ({
  ...data,
  catalog: await pageTexts(data.language, route.id),
});
