import { readFileSync } from 'node:fs';
import { getEnvironmentData, setEnvironmentData } from 'node:worker_threads';
import { type Models, ModelsUnavailable, parseModels } from './weights-file.ts';

/** Beside this file, in a checkout as in the compiled program. */
export const weightsFile = new URL('./weights.bin', import.meta.url);

const sharedKey = 'guanlan-models';

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
  const given = getEnvironmentData(sharedKey);
  const buffer = given instanceof SharedArrayBuffer ? new Uint8Array(given) : readShared(weightsFile);
  ours = parseModels(buffer, 'pipeline/models/weights.bin');
  setEnvironmentData(sharedKey, buffer.buffer as SharedArrayBuffer);
  return ours;
}
