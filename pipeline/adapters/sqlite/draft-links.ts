import { DraftLink } from '../../domain/draft-link.ts';
import { Conflict } from '../../domain/errors.ts';
import type { DraftLinks } from '../../ports/draft-store.ts';
import { inTransaction, type SqliteDatabase, statement } from './database.ts';

const linkColumns = `SELECT id, draft_id AS draftId, content_version AS contentVersion, digest, created_by AS createdBy,
  created_at AS createdAt, expires_at AS expiresAt, device_digest AS deviceDigest, opened_at AS openedAt FROM draft_links`;

export function openDraftLinks(db: SqliteDatabase): DraftLinks {
  return {
    addLink: async (link) => addLink(db, link),
    openLink: async (asked) => inTransaction(db, () => openLink(db, asked)),
    listLinks: async (draftId) =>
      statement(db, `${linkColumns} WHERE draft_id = ? ORDER BY created_at DESC, id DESC`)
        .all(draftId)
        .map((row) => DraftLink.parse(row)),
    endLink: async (id, at) => {
      const sql = 'UPDATE draft_links SET expires_at = @at WHERE id = @id AND expires_at > @at';
      statement(db, sql).run({ id, at });
    },
  };
}

function addLink(db: SqliteDatabase, link: DraftLink): void {
  const { changes } = statement(
    db,
    `INSERT INTO draft_links (id, draft_id, content_version, digest, created_by, created_at, expires_at, device_digest, opened_at)
       VALUES (@id, @draftId, @contentVersion, @digest, @createdBy, @createdAt, @expiresAt, @deviceDigest, @openedAt)
       ON CONFLICT DO NOTHING`,
  ).run(link);
  if (changes === 0) throw new Conflict('这个链接已经存在。');
}

function openLink(
  db: SqliteDatabase,
  { digest, deviceDigest, at }: Parameters<DraftLinks['openLink']>[0],
): DraftLink | null {
  const row = statement(db, `${linkColumns} WHERE digest = ?`).get(digest);
  if (row === undefined) return null;
  const link = DraftLink.parse(row);
  if (link.expiresAt <= at) return null;
  if (link.deviceDigest !== null) return link.deviceDigest === deviceDigest ? link : null;
  const sql = 'UPDATE draft_links SET device_digest = @deviceDigest, opened_at = @at WHERE id = @id';
  statement(db, sql).run({ deviceDigest, at, id: link.id });
  return { ...link, deviceDigest, openedAt: at };
}
