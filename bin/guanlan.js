#!/usr/bin/env node
// Finds the compiled program, or runs the source of a checkout; nothing else.
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const compiled = new URL('../dist/bin/main.js', import.meta.url);
const source = new URL('./main.ts', import.meta.url);
if (existsSync(fileURLToPath(source))) {
  const { register } = await import('tsx/esm/api');
  register();
  await import(source.href);
} else {
  await import(compiled.href);
}
