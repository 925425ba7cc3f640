import { openFileReader } from '../../pipeline/extract/file-reader.ts';
import { buildEndlessPdf } from '../builders/office-files.ts';

/** Reads a file that takes for ever, and says so; for a test that kills it in the middle. */
const files = openFileReader();
await files.read(new TextEncoder().encode('热身'));
const reading = files.read(buildEndlessPdf());
process.stdout.write('reading\n');
await reading;
