import { Worker } from 'node:worker_threads';
import { extractText } from './extract-text.ts';
import { readTables } from './read-tables.ts';
import { type ReadReply, type ReadRequest, tooHungrySignal } from './reader-protocol.ts';

/**
 * A thread looks after the process, since a file may keep it too busy to look after itself: it ends it when it takes too much memory,
 * and when whoever started it has gone.
 */
const watch = `
const { workerData } = require('node:worker_threads');
const parent = process.ppid;
setInterval(() => {
  if (process.memoryUsage.rss() > workerData.maxBytes) process.kill(process.pid, workerData.signal);
  if (process.ppid !== parent) process.kill(process.pid, 'SIGKILL');
}, 100);
`;

function startWatch(maxMemoryMb: number): void {
  const workerData = { maxBytes: maxMemoryMb * 1_048_576, signal: tooHungrySignal };
  new Worker(watch, { eval: true, workerData, resourceLimits: { maxOldGenerationSizeMb: 16 } }).unref();
}

/** The entry of a process that reads the files of strangers, and of nothing else. It is handed no environment. */
function serve(): void {
  const reply = (message: ReadReply) => process.send?.(message);
  startWatch(Number(process.argv[2]));
  process.on('disconnect', () => process.exit());
  process.on('message', ({ id, bytes, want, limits }: ReadRequest) => {
    if (want === 'tables') reply({ id, found: readTables(bytes) });
    else if (want === 'document' || want === 'pasted')
      void import('./read-document.ts')
        .then(({ readDocument }) => readDocument(bytes, want === 'pasted' ? 'html' : 'file'))
        .then((found) => reply({ id, found }));
    else if (want !== 'text')
      // Loaded when the first picture comes: most processes never see one.
      void import('./read-picture.ts')
        .then(({ readPicture }) => readPicture(bytes, { text: want === 'picture-text' }))
        .then((found) => reply({ id, found }));
    else void extractText(bytes, limits).then((found) => reply({ id, found }));
  });
  reply('ready');
}

serve();
