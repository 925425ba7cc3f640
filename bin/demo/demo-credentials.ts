import type { Demo } from './demo.ts';

const byHand = { expiresAt: null, actorId: null };

/** As somebody in the office does who has logged in again. */
export async function saveWeiboLogin({ context, channels }: Demo, cookie: string): Promise<void> {
  await context.credentials.save(channels.weibo.id, 'weibo-cookie', { cookie }, byHand);
}

/** What lets the school in at the platforms, stored as an office stores it. */
export async function saveDemoCredentials(demo: Demo): Promise<void> {
  const { context, campus, channels } = demo;
  await saveWeiboLogin(demo, campus.weibo.credentials().cookie);
  const { appSecret } = campus.wechat;
  await context.credentials.save(channels.wechat.id, 'wechat-app', { appSecret }, byHand);
}
