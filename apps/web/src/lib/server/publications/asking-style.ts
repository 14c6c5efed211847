/** Of the pages that take what people say: one column, large targets, and what is chosen is seen without relying on colour. */
export const askingRules = `
main.asking{columns:auto;max-inline-size:38rem;padding-block-start:.25rem}
.asking p{margin-block:.5rem}
.asking p>a{display:inline-flex;align-items:center;min-block-size:44px}
.asking section{padding:1rem}
.asking fieldset{border:0;padding:0;min-inline-size:0}
.asking legend{font-weight:600;padding:0;margin-block-end:.5rem;unicode-bidi:plaintext}
.asking input[type=radio],.asking input[type=checkbox]{inline-size:1.375rem;min-block-size:1.375rem;margin:0;padding:0;flex:none;accent-color:var(--lacquer)}
.choice{display:grid;grid-template-columns:repeat(3,1fr);gap:.5rem}
.choice label,.steps label{display:flex;align-items:center;gap:.5rem;min-block-size:52px;padding:.25rem .5rem;border:1.5px solid var(--line);border-radius:10px;background:var(--sheet);font-weight:400;line-height:1.3;cursor:pointer}
.choice label:has(:checked),.steps label:has(:checked){border-color:var(--lacquer);background:#fdf4f3;font-weight:600}
.choice label:focus-within,.steps label:focus-within{outline:3px solid var(--lacquer);outline-offset:2px}
.steps{display:grid;gap:.375rem}
.asking fieldset+fieldset{margin-block-start:1rem}
textarea{min-block-size:8.5rem;resize:vertical;field-sizing:content;max-block-size:60vh}
textarea:focus-visible{outline:3px solid var(--lacquer);outline-offset:2px}
.asking form>small{margin-block-start:-.375rem}
.tick{display:flex;gap:.75rem;align-items:flex-start;min-block-size:44px;padding-block:.375rem;font-weight:400;line-height:1.4;cursor:pointer}
.asking details summary{display:flex;align-items:center;min-block-size:44px}
.asking details .soft{display:block;font-weight:400;margin-block-end:.375rem}
.second{border-block-start:1px solid var(--line);margin-block-start:1.25rem;padding-block-start:1.25rem}
.beside{display:grid;grid-template-columns:minmax(0,1fr) auto;gap:.5rem}

.beside button{grid-column:auto}
button.quiet{background:none;color:var(--deep);border:1.5px solid var(--lacquer)}
.wrong{background:#fbeceb;border-inline-start:4px solid var(--lacquer);border-radius:10px;padding:.25rem 1rem;color:var(--deep);font-weight:600}
.asking .due,.asking .late{background:var(--jade-wash);color:var(--jade);border-radius:10px;padding:.75rem 1rem;margin-block:.75rem 1rem;font-weight:600}
.asking .late{background:var(--amber-wash);color:var(--amber)}
.words{white-space:pre-line;unicode-bidi:plaintext}
.answer{border-inline-start:4px solid var(--jade)}
.keep{text-align:center}
.shown{font-size:1.625rem;font-weight:600;letter-spacing:.06em;font-variant-numeric:tabular-nums}
`;
