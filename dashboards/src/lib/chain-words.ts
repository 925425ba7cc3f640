import { t } from '../i18n/t.ts';

const logs: Readonly<Record<string, string>> = { audit: t('admin.logAudit'), read: t('admin.logRead') };

/** `audit/audit/2026-11` in words: which log, of which month. */
export function describeChain(chain: string): string {
  const [log = '', , month = ''] = chain.split('/');
  const name = logs[log];
  return name === undefined ? chain : t('admin.chainOf', { name, month });
}

const breakLabels: Readonly<Record<string, string>> = {
  'entry-missing': t('admin.breakEntryMissing'),
  'entry-differs': t('admin.breakEntryDiffers'),
  'order-changed': t('admin.breakOrderChanged'),
  'link-missing': t('admin.breakLinkMissing'),
  'payload-missing': t('admin.breakPayloadMissing'),
  'payload-changed': t('admin.breakPayloadChanged'),
  truncated: t('admin.breakTruncated'),
  'anchor-mismatch': t('admin.breakAnchorMismatch'),
  'anchor-forged': t('admin.breakAnchorForged'),
};

/** What is wrong at one place of a chain; an unknown kind as the log has it. */
export function describeBreak(what: string): string {
  return breakLabels[what] ?? what;
}
