import process from 'node:process';
import { error } from '@sveltejs/kit';
import { dev } from '$app/env';
import type { PageServerLoad } from './$types';

/** For whoever draws a screen: every piece with invented figures. Closed in production unless DINH_GALLERY=1. */
export const load: PageServerLoad = () => {
  if (!dev && process.env.DINH_GALLERY !== '1') error(404, 'not-found');
};
