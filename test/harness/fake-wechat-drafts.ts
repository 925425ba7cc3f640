import type { WechatChannel } from '../../pipeline/domain/channel.ts';
import type { OutgoingWechatDraft, WechatDrafts } from '../../pipeline/ports/wechat-drafts.ts';

/** A draft box with one article, which keeps what it is sent. */
export class FakeWechatDrafts implements WechatDrafts {
  readonly sent: OutgoingWechatDraft[] = [];

  async list() {
    return {
      items: [{ mediaId: 'm1', index: 0, title: '校庆预告', changedAt: null }],
      total: 1,
      nextOffset: null,
    };
  }

  async find(_: WechatChannel, mediaId: string) {
    return mediaId === 'm1' ? { title: '校庆预告', html: '<section><p>校庆活动预告。</p></section>' } : null;
  }

  async add(_: WechatChannel, draft: OutgoingWechatDraft) {
    this.sent.push(draft);
    return { mediaId: `sent-${this.sent.length}`, notes: ['站外链接只留文字'] };
  }
}
