import type { Translator } from '@dinh/texts/catalog';
import { createContext } from 'svelte';

/** The reader's texts, set once by the root layout: changing the language loads the page anew. */
export const [texts, provideTexts] = createContext<Translator>();
