import type { Migration } from '../migrate.ts';
import { migration as postsCases } from './001-posts-cases.ts';

/** In order, without gaps. */
export const migrations: readonly Migration[] = [postsCases];
