import type { StandingRemark, StandingStatus, Timeline } from './timeline.ts';
import { weiboId, weiboShortId } from './weibo-ids.ts';

export interface WeiboStatus extends StandingStatus {
  id: string;
  shortId: string;
}

export interface WeiboRemark extends StandingRemark {
  id: string;
  /** The number of the remark at the top of its thread; its own for one on the status itself. */
  threadId: string;
  replyToId: string | null;
}

/** The timeline in Weibo's numbers. */
export class WeiboSchool {
  readonly timeline: Timeline;

  constructor(timeline: Timeline) {
    this.timeline = timeline;
  }

  now(): Date {
    return this.timeline.now();
  }

  /** Newest first, pinned ones at their own place. */
  statuses(): WeiboStatus[] {
    return this.timeline.listStatuses().map((status) => {
      const id = weiboId(status.key, status.at);
      return { ...status, id, shortId: weiboShortId(id) };
    });
  }

  /** By number or short form. `gone` when it once stood there or will. */
  find(idOrShortId: string): WeiboStatus | 'gone' | null {
    const standing = this.statuses().find(({ id, shortId }) => [id, shortId].includes(idOrShortId));
    if (standing !== undefined) return standing;
    const known = this.timeline.statusKeys().map(({ key, at }) => weiboId(key, at));
    return known.some((id) => [id, weiboShortId(id)].includes(idOrShortId)) ? 'gone' : null;
  }

  /** Oldest first, replies among them. */
  remarks(status: { key: string }): WeiboRemark[] {
    const remarks = this.timeline.listRemarks(status.key);
    const ids = new Map(remarks.map((remark) => [remark.key, weiboId(remark.key, remark.at)]));
    return remarks.map((remark) => ({
      ...remark,
      id: ids.get(remark.key) ?? '',
      threadId: ids.get(remark.thread) ?? '',
      replyToId: remark.replyTo === null ? null : (ids.get(remark.replyTo) ?? null),
    }));
  }

  /** The key of a remark by its number. */
  keyOf(remarkId: string): string | null {
    const all = this.statuses().flatMap((status) => this.remarks(status));
    return all.find(({ id }) => id === remarkId)?.key ?? null;
  }
}
