/** Who imports whom (docs/architecture.md). One rule a room: what it may reach; everything else is forbidden. */
const own = '^(bin|config|crawlers|pipeline|review-api|dashboards|test|bench)/';
const room = (name, from, allowed, fromNot = '[.]test[.]ts$') => ({
  name,
  severity: 'error',
  from: { path: from, pathNot: fromNot },
  to: { path: own, pathNot: allowed },
});
const vendor = (name, packages, onlyIn) => ({
  name,
  severity: 'error',
  from: { path: own, pathNot: [onlyIn, '^test/', '^bench/', '[.]test[.]ts$'] },
  to: { path: packages.map((p) => `^node_modules/(@types/)?${p}/`) },
});
const inside = (folder) => `^pipeline/${folder}/`;

module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    { name: 'resolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
    room('domain', inside('domain'), [inside('domain')]),
    {
      name: 'domain-is-pure',
      severity: 'error',
      from: { path: inside('domain'), pathNot: '[.]test[.]ts$' },
      to: { pathNot: [inside('domain'), '^node_modules/zod/'] },
    },
    room('ports', inside('ports'), [inside('(ports|domain)')]),
    room('text', inside('text'), [inside('(text|domain)')]),
    room('extract', inside('extract'), [inside('(extract|domain)')]),
    room('models', inside('models'), [inside('(models|domain)')]),
    room('stages', inside('stages'), [inside('(stages|domain|text|models)')]),
    room('checks', inside('checks'), [inside('(checks|domain|text|models)')]),
    {
      name: 'editorial-lists-only-for-own-text',
      comment:
        "R17: the checks of drafts, and their lists, are loaded for the school's own text alone: by the threads they run in and by the command line.",
      severity: 'error',
      from: {
        path: own,
        pathNot: [
          inside('checks'),
          '^pipeline/(check-thread|threaded-checks)[.]ts$',
          '^bin/(open-context|commands/check[^/]*)[.]ts$',
          '^bench/',
          '^test/',
          '[.]test[.]ts$',
        ],
      },
      to: { path: inside('checks') },
    },
    room('commands', inside('commands'), [inside('(commands|domain|ports|stages|extract)')]),
    room('jobs', inside('jobs'), [inside('(jobs|domain|ports|commands)')]),
    room('adapters', inside('adapters'), [inside('(adapters|domain|ports)')]),
    room('config', '^config/', ['^config/', inside('domain')]),
    room(
      'crawlers',
      '^crawlers/',
      ['^crawlers/', inside('(domain|ports|text|extract|commands)')],
      ['[.]test[.]ts$', '^crawlers/main[.]ts$'],
    ),
    room('crawlers-entry', '^crawlers/main[.]ts$', ['^crawlers/', '^pipeline/', '^config/']),
    room(
      'review-api',
      '^review-api/',
      ['^review-api/', inside('(domain|ports|commands|stages)')],
      ['[.]test[.]ts$', '^review-api/main[.]ts$'],
    ),
    room('review-api-entry', '^review-api/main[.]ts$', ['^review-api/', '^pipeline/', '^config/']),
    room('contract', '^review-api/contract/', ['^review-api/contract/', inside('domain')]),
    room('dashboards', '^dashboards/', ['^dashboards/', '^review-api/contract/']),
    {
      name: 'context-is-the-composition-root',
      comment: 'Imported by process entries, the command line, benchmarks and tests only.',
      severity: 'error',
      from: {
        path: own,
        pathNot: ['^bin/', '^bench/', '^test/', '/main[.]ts$', '^pipeline/worker[.]ts$', '[.]test[.]ts$'],
      },
      to: { path: '^pipeline/context[.]ts$' },
    },
    {
      name: 'nothing-imports-tests',
      severity: 'error',
      from: { path: own, pathNot: ['^test/', '[.]test[.]ts$', '^bench/', '^bin/(demo/|commands/demo)'] },
      to: { path: '^test/' },
    },
    {
      name: 'objections-for-the-parsers-alone',
      comment:
        'R13: who objected is asked by crawls, and kept by its command and the desk (enter-objection); nothing else learns of it.',
      severity: 'error',
      from: {
        path: own,
        pathNot: [
          '^pipeline/(commands/(objections|enter-objection)|ports/objection-list|domain/objection)[.]ts$',
          '^pipeline/(context|ports/index)[.]ts$',
          '^pipeline/adapters/(open-stores|objection-change)[.]ts$',
          '^pipeline/adapters/mongo/(open-mongo-stores|collections)[.]ts$',
          '^pipeline/adapters/(sqlite|mongo)/objection-',
          '^crawlers/crawl[.]ts$',
          '^bin/commands/objection[.]ts$',
          '^test/',
          '[.]test[.]ts$',
        ],
      },
      to: {
        path: '^pipeline/(domain/objection|ports/objection-list|commands/objections|adapters/.*objection-)',
      },
    },
    vendor(
      'nodejieba-in-one-file',
      ['nodejieba'],
      '^(pipeline/text/segment|bench/topics/jieba-extract)[.]ts$',
    ),
    vendor(
      'crawlee-inside-fetch',
      ['crawlee', '@crawlee', 'playwright', 'playwright-core'],
      '^crawlers/fetch/',
    ),
    vendor(
      'file-readers-inside-extract',
      ['@e965/xlsx', 'pdfjs-dist', 'exifr', 'zxing-wasm', 'tesseract[.]js', 'mammoth'],
      '^pipeline/extract/',
    ),
    vendor(
      'zip-inside-extract-and-the-workbook-writer',
      ['fflate'],
      '^pipeline/(extract/|adapters/workbook-writer[.]ts$)',
    ),
    vendor('holidays-in-one-file', ['chinese-days'], '^pipeline/adapters/chinese-calendar[.]ts$'),
    vendor('sqlite-inside-its-adapter', ['better-sqlite3'], '^pipeline/adapters/'),
    vendor('mongodb-inside-its-adapter', ['mongodb'], '^pipeline/adapters/mongo/'),
    vendor('redis-inside-its-adapter', ['bull', 'ioredis'], '^pipeline/adapters/redis/'),
    vendor('prom-client-in-one-file', ['prom-client'], '^pipeline/adapters/prom-metrics[.]ts$'),
    vendor('otpauth-in-one-file', ['otpauth'], '^pipeline/adapters/otpauth-codes[.]ts$'),
    vendor(
      'identity-libraries-inside-their-adapters',
      ['openid-client', 'saxes'],
      '^pipeline/adapters/identity/',
    ),
    vendor('docx-in-its-writer', ['docx'], '^pipeline/adapters/docx-(writer|blocks)[.]ts$'),
    vendor(
      'echarts-in-one-file',
      ['echarts'],
      '^(pipeline/adapters/chart-svg|dashboards/src/lib/trend-echarts)[.]ts$',
    ),
    vendor('resvg-in-one-file', ['@resvg'], '^pipeline/adapters/chart-png[.]ts$'),
    vendor('qr-codes-in-one-file', ['uqr'], '^dashboards/src/lib/qr-code[.]ts$'),
    vendor(
      'tiptap-in-the-draft-editor',
      ['@tiptap'],
      '^dashboards/src/(lib/(draft|editor|mark)-|composables/use-(draft|text)-|panels/draft-editor/)',
    ),
    vendor('express-inside-review-api', ['express', 'helmet'], '^review-api/'),
    {
      name: 'no-undeclared-packages',
      severity: 'error',
      from: { path: own },
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
    },
    {
      name: 'no-dev-packages-in-the-product',
      severity: 'error',
      from: { path: '^(config|crawlers|pipeline|review-api)/', pathNot: '[.]test[.]ts$' },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|data)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
