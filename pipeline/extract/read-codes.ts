import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';

const mostCodes = 20;
let prepared: Promise<void> | null = null;

/** The program that reads codes lies beside the library; nothing is fetched. */
async function prepare(): Promise<void> {
  const path = createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm');
  const wasmBinary = new Uint8Array(await readFile(path)).buffer;
  await prepareZXingModule({ overrides: { wasmBinary }, fireImmediately: true });
}

/**
 * Texts of the QR codes (and their like) in a picture.
 * @throws where the picture is of a form that cannot be unpacked here
 */
export async function readCodes(bytes: Uint8Array): Promise<string[]> {
  prepared ??= prepare();
  await prepared;
  const found = await readBarcodes(bytes, {
    formats: ['QRCode', 'MicroQRCode', 'DataMatrix', 'Aztec', 'PDF417'],
    tryHarder: true,
    maxNumberOfSymbols: mostCodes,
    returnErrors: true,
  });
  // A picture that could not be unpacked comes as a code that is none.
  if (found.some(({ isValid, error }) => !isValid && /image/i.test(error))) throw new Error('not unpacked');
  return [...new Set(found.filter(({ isValid }) => isValid).map(({ text }) => text.trim()))];
}
