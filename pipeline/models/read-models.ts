import { readFileSync } from 'node:fs';
import { getEnvironmentData, setEnvironmentData } from 'node:worker_threads';
import { type Models, ModelsUnavailable, parseModels } from './weights-file.ts';

/** Beside this file, in a checkout as in the compiled program. */
export const weightsFile = new URL('./weights.bin', import.meta.url);

const sharedKey = 'guanlan-models';

/** Views of shared memory: what a thread is given is no copy. */
interface Shared {
  bytes: Uint8Array;
  cells: Int32Array;
}

function readShared(file: URL | string): Uint8Array {
  let bytes: Buffer;
  try {
    bytes = readFileSync(file);
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? String(error.code) : 'unreadable';
    throw new ModelsUnavailable(`${String(file)}: the weights file cannot be read (${reason})`);
  }
  const shared = new Uint8Array(new SharedArrayBuffer(bytes.length));
  shared.set(bytes);
  return shared;
}

let ours: Models | null = null;

/**
 * The models of a file, or those that came with the program. The latter are read once; threads started afterwards share
 * the memory.
 * @throws ModelsUnavailable
 */
export function readModels(file?: URL | string): Models {
  if (file !== undefined) return parseModels(readShared(file), String(file));
  if (ours !== null) return ours;
  const given = getEnvironmentData(sharedKey) as Shared | undefined;
  const bytes = given?.bytes ?? readShared(weightsFile);
  ours = parseModels(bytes, 'pipeline/models/weights.bin', given?.cells);
  setEnvironmentData(sharedKey, { bytes, cells: ours.cells } as Shared as never);
  return ours;
}

/** Reads the models before a thread is started, which then shares their memory. What is wrong with them, the thread says. */
export function shareModels(): void {
  try {
    readModels();
  } catch (error) {
    if (!(error instanceof ModelsUnavailable)) throw error;
  }
}
