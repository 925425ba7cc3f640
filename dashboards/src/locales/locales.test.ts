import { readFileSync } from 'node:fs';
import { glob } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { messages as en } from './en/index.ts';
import { messages as zhCN } from './zh-CN/index.ts';

const keys = Object.keys(zhCN) as (keyof typeof zhCN)[];
const placesOf = (text: string) => [...new Set([...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name))].sort();
