import { describe, expect, it } from 'vitest';
import { collections } from '../../pipeline/adapters/mongo/collections.ts';
import { openDatabase } from '../../pipeline/adapters/sqlite/database.ts';
import { GatheredPost, Post, PostText } from '../../pipeline/domain/post.ts';
import { buildGathered } from '../builders/post.ts';

/** Tables of what others wrote, with every column they may have. A new column must be argued for here. */
const columnsOfContent: Record<string, string> = {
  posts:
    'seq id channel_id kind external_id url parent_id root_id text_version published_at published_precision bucket_hour ' +
    // `official`: an institution of ours speaks; `lead`: source, number and deadline of what a colleague registered.
    'gathered_at sort_at state marks metrics metrics_at official lead access_class retention_class expires_at due_at attempts last_error ' +
    // What it was counted as when it went to no queue: `praise` or `noise`.
    'passed',
  post_texts:
    'post_id text_version title text links attachments content_hash snapshot_hash gathered_at access_class ' +
    'retention_class expires_at',
  verdicts: 'post_id text_version body judged_at',
  post_index: 'tokens access_class retention_class expires_at',
  case_posts: 'case_id position post_id',
};

/** The same on MongoDB, whose validators refuse any other field. */
const fieldsOfContent: Record<string, string> = {
  posts:
    'channelId kind externalId url parentId rootId textVersion publishedAt publishedPrecision bucketHour gatheredAt sortAt ' +
    'state marks metrics metricsAt official lead accessClass retentionClass expiresAt dueAt attempts lastError judgedVersion passed',
  post_texts:
    'postId textVersion title text links attachments contentHash snapshotHash gatheredAt accessClass retentionClass expiresAt',
  verdicts: 'postId textVersion verdict judgedAt',
  // `fresh` holds the same words as `tokens`, until they are merged.
  post_index: 'tokens fresh freshAt accessClass retentionClass expiresAt sortAt',
};

/**
 * Our own staff, who do have accounts and rights; `user_identities`: as whom the school's own sign-in knows a colleague; `drafts`: which
 * of them wrote it, since none of those may hold a step.
 */
const staffCollections = new Set(['users', 'sessions', 'user_identities', 'drafts']);
const personWords =
  /author|nick|avatar|gender|region|openid|uid|user|writer|poster|screen_name|ip\b|location/i;

describe('R3: no author key of any kind is stored', () => {
  const db = openDatabase(':memory:');

  it.each(Object.entries(columnsOfContent))('%s has the columns it may have', (table, columns) => {
    const found = db.pragma(`table_info(${table})`) as { name: string }[];
    expect(found.map(({ name }) => name).sort()).toEqual(columns.split(' ').sort());
  });

  it.each(Object.entries(fieldsOfContent))('%s has the fields it may have on MongoDB', (name, fields) => {
    const spec = collections.find((each) => each.name === name);
    expect(Object.keys({ ...spec?.fields, ...spec?.laterFields }).sort()).toEqual(fields.split(' ').sort());
  });

  it('has a field for a person in no collection but those of the staff', () => {
    const others = collections.filter(({ name }) => !staffCollections.has(name));
    expect(others.length).toBeGreaterThan(8);
    for (const { name, fields, laterFields } of others)
      expect(Object.keys({ ...fields, ...laterFields }).join(' '), name).not.toMatch(personWords);
  });

  it('has a column for a person in no table but those of the staff', () => {
    const tables = db
      .prepare<[], { name: string }>("SELECT name FROM sqlite_master WHERE type = 'table'")
      .all();
    const others = tables.filter(({ name }) => !staffCollections.has(name) && !name.startsWith('sqlite_'));
    expect(others.length).toBeGreaterThan(15);
    for (const { name } of others) {
      const columns = db.pragma(`table_info(${name})`) as { name: string }[];
      expect(columns.map((column) => column.name).join(' '), name).not.toMatch(personWords);
    }
  });

  it('keeps of an objector a keyed digest, apart from everything that is gathered (R13)', () => {
    const columns = db.pragma('table_info(objections)') as { name: string }[];
    const names = 'digest id kid platform received_on reference';
    expect(columns.map(({ name }) => name).sort()).toEqual(names.split(' '));
    for (const table of Object.keys(columnsOfContent)) {
      const found = db.pragma(`table_info(${table})`) as { name: string }[];
      expect(found.map(({ name }) => name)).not.toContain('digest');
    }
  });

  it('names no person in any column that holds what others wrote', () => {
    for (const columns of [...Object.values(columnsOfContent), ...Object.values(fieldsOfContent)]) {
      expect(columns).not.toMatch(personWords);
    }
    for (const schema of [GatheredPost, Post, PostText]) {
      expect(Object.keys(schema.shape).join(' ')).not.toMatch(personWords);
    }
  });

  it.each(['author', 'authorId', 'nickname', 'openid', 'userHash', 'ip', 'region'])(
    'refuses an item that brings %s along',
    (field) => {
      const item = { ...buildGathered({ externalId: '1' }), [field]: 'x' };
      expect(GatheredPost.safeParse(item).success).toBe(false);
    },
  );
});
