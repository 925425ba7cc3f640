import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { initWasm, Resvg } from '@resvg/resvg-wasm';

/** Sharp on paper: about 200 dots an inch at the width of a page. */
const zoom = 2.5;

let ready: Promise<void> | null = null;

function load(): Promise<void> {
  const file = fileURLToPath(import.meta.resolve('@resvg/resvg-wasm/index_bg.wasm'));
  ready ??= readFile(file).then((bytes) => initWasm(bytes));
  return ready;
}

/** Takes a fifth of a second. @param font the bytes of a font that has the words */
export async function paintPng(svg: string, font: Uint8Array): Promise<Uint8Array> {
  await load();
  const image = new Resvg(svg, {
    font: { fontBuffers: [font] },
    fitTo: { mode: 'zoom', value: zoom },
    background: '#fff',
  });
  try {
    const rendered = image.render();
    try {
      return rendered.asPng();
    } finally {
      rendered.free();
    }
  } finally {
    image.free();
  }
}
