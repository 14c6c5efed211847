import { createHash } from 'node:crypto';
import { askingRules } from './asking-style.ts';

/** Faces of the pages behind a sign-in, in the same subsets: a page in one language fetches the two or four it needs. */
const faces = [
  ['Dinh Text', 400, 'latin-400'],
  ['Dinh Text', 600, 'latin-600'],
  ['Dinh Text', 400, 'vietnamese-400'],
  ['Dinh Text', 600, 'vietnamese-600'],
  ['Dinh Arabic', 400, 'arabic-400'],
  ['Dinh Arabic', 600, 'arabic-600'],
] as const;
const ranges: Record<string, string> = {
  latin: 'U+20-FF,U+2013-2026,U+2039,U+203A,U+2212,U+2248,U+2260,U+2264,U+2265',
  vietnamese: 'U+102-103,U+110-111,U+128-129,U+168-169,U+1A0-1A1,U+1AF-1B0,U+300-323,U+1EA0-1EF9,U+20AB',
  arabic: 'U+20-21,U+28-29,U+2E-2F,U+3A,U+5B,U+5D,U+A0,U+AB,U+BB,U+60C-6CC,U+200C-200F',
};

/** Names of the files of the faces. */
export const faceFiles = faces.map(([, , file]) => file);
export const facePath = (file: string): string => `/p/fonts/${file}.woff2`;

const fontRules = faces
  .map(
    ([family, weight, file]) =>
      `@font-face{font-family:"${family}";font-weight:${weight};font-display:swap;src:url(${facePath(file)}) format("woff2");unicode-range:${ranges[file.split('-')[0] ?? '']}}`,
  )
  .join('');

// An Arabic page leaves names in Latin letters to the phone's own face: two more faces would weigh more than the page.
const rules = `
:root{--paper:#fbf8f2;--sheet:#fff;--ink:#201a17;--soft:#5b524b;--line:#e4dccf;--lacquer:#a3211f;--deep:#7c1513;--jade:#1c6b50;--jade-wash:#e5f3ed;--amber:#8f5300;--amber-wash:#fff2da;--unmet:#efe8dc;--sans:"Dinh Text",system-ui,"Segoe UI",Roboto,"Noto Sans",sans-serif;--leading:1.5}
:root:lang(ar){--sans:"Dinh Arabic",system-ui,"Segoe UI","Noto Sans Arabic",sans-serif;--leading:1.65}
*{box-sizing:border-box;margin:0}
html{-webkit-text-size-adjust:100%}
body{font:400 1.0625rem/var(--leading) var(--sans);color:var(--ink);background:var(--paper);overflow-wrap:anywhere}
a{color:var(--deep);text-underline-offset:3px}
a:focus-visible,summary:focus-visible,input:focus-visible,button:focus-visible{outline:3px solid var(--lacquer);outline-offset:2px}
small,.soft{font-size:.9375rem;color:var(--soft)}
.skip{position:absolute;inset-block-start:-4rem;inset-inline-start:1rem;background:var(--sheet);padding:.75rem}
.skip:focus{inset-block-start:.5rem}
header svg{display:block;inline-size:100%;block-size:18px;color:var(--lacquer)}
header div,main,footer{max-inline-size:64rem;margin-inline:auto;padding-inline:1rem}
header div{display:flex;flex-wrap:wrap;justify-content:space-between;align-items:center;gap:0 .5rem;font-size:.875rem;color:var(--soft)}
header div>span{font-variant-numeric:tabular-nums;letter-spacing:.04em}
nav{display:flex}
nav a,nav b{display:grid;align-content:center;min-block-size:44px;padding-inline:.375rem}
nav :last-child{padding-inline-end:0}
nav b{color:var(--ink);font-weight:600}
main{padding-block:0 1rem;columns:26rem auto;column-gap:1rem;text-align:start}
[dir=rtl] main{text-align:right}
h1,main>p{column-span:all}
h1{font-size:1.75rem;line-height:1.25;font-weight:600;letter-spacing:-.01em;unicode-bidi:plaintext}
:lang(ar) h1,:lang(ar) h2{letter-spacing:0;line-height:1.45}
main>p{color:var(--soft);font-size:1rem}
main>p::first-letter{text-transform:uppercase}
main>p+p{font-size:.9375rem;margin-block-end:1rem}
section{background:var(--sheet);border:1px solid var(--line);border-radius:14px;padding:1rem 1rem .5rem;margin-block-end:1rem;break-inside:avoid}
h2{font-size:1.1875rem;line-height:1.3;font-weight:600;margin-block-end:.25rem;unicode-bidi:plaintext}
ul{list-style:none;padding:0}
li{display:grid;grid-template-columns:minmax(0,1fr) auto;gap:0 1rem;align-items:baseline;padding-block:.625rem;border-block-start:1px solid var(--line)}
li:first-child{border-block-start:0}
li>span,li>a,li>small,li>b{unicode-bidi:plaintext}
li>a{min-block-size:1.75rem;font-weight:600}
li>b{max-inline-size:13rem;text-align:end;font-weight:600;font-variant-numeric:tabular-nums}
[dir=rtl] li>b{text-align:left}
li>small,.strokes,li>img{grid-column:1/-1}
li>img{inline-size:100%;block-size:auto;border-radius:10px}
li>small{line-height:1.45;padding-block-start:.125rem}
.strokes{display:flex;gap:3px;block-size:14px;margin-block:.5rem .25rem}
.strokes i{flex:1;border-radius:4px;background:var(--unmet)}
.strokes .met{background:var(--jade)}
[id^=programme] li:first-child{align-items:center}
[id^=programme] li:first-child>span{font-weight:600;font-size:1.125rem;color:var(--jade)}
[id^=programme] li:first-child>b{background:var(--jade-wash);color:var(--jade);padding:.125rem .75rem;border-radius:99px}
[id^=programme] li+li{padding-block:.5rem}
[id^=programme] li+li>b{color:var(--amber);font-size:.9375rem}
#given li>b{font-size:1.25rem}
#now li>b{color:var(--jade)}
#now li{column-gap:.75rem}
#works li>b,#drives li>b,#wall li>b{font-size:.9375rem;color:var(--jade)}
#wall li>b{color:var(--soft)}
#works li>a,#wall li>a{font-weight:400}
#about,#after,#text{border-inline-start:4px solid var(--lacquer)}
#about h2{display:none}
#after li:first-child>span{font-weight:600}
#text li{border:0;padding-block:.25rem}
#ask a,#after a,#unit a,button{display:grid;place-content:center;grid-column:1/-1;min-block-size:52px;padding:.5rem 1.25rem;border-radius:10px;border:0;background:var(--lacquer);color:#fff;font:600 1.0625rem/1.4 var(--sans);text-align:center;text-decoration:none;cursor:pointer}
#unit a{background:none;color:var(--deep);border:1.5px solid var(--lacquer)}
#ask small{padding-block-start:.625rem}
footer{padding-block:.5rem 2.5rem;font-size:.9375rem;color:var(--soft)}
footer p{display:flex;flex-wrap:wrap;align-items:center;gap:0 1.25rem}
footer p a,footer summary{display:flex;align-items:center;min-block-size:44px}
summary{cursor:pointer;color:var(--deep);text-decoration:underline;text-underline-offset:3px}
pre{white-space:pre-wrap;word-break:break-all;font-size:.75rem;line-height:1.4;direction:ltr;text-align:left;margin-block:.5rem}
form{display:grid;gap:.75rem;padding-block:.5rem}
label{font-weight:600}
input,textarea,select{inline-size:100%;min-block-size:52px;padding:.5rem .875rem;border:1.5px solid #8b7f73;border-radius:10px;background:var(--sheet);font:400 1.125rem/1.4 var(--sans);color:var(--ink)}
input.code{letter-spacing:.12em;text-transform:uppercase;font-variant-numeric:tabular-nums;direction:ltr}
@media (min-width:60rem){h1{font-size:2.25rem}header div,main,footer{padding-inline:1.5rem}}
@media print{nav,#ask,footer p{display:none}section{break-inside:avoid}}
`;

/** The one stylesheet of public pages. Its address changes with its content, so browsers keep it for good. */
export const sheet = Buffer.from(`${fontRules}${rules.replaceAll('\n', '')}${askingRules.replaceAll('\n', '')}`);
export const sheetPath = `/p/style-${createHash('sha256').update(sheet).digest('hex').slice(0, 10)}.css`;
