/** What is said on any day: never more of it because something happened. Slots as in the matters. */
export const everydayTalk: readonly { share: number; said: string }[] = [
  {
    share: 16,
    said: `
{dish}好吃，就是排队排了{n69}分钟
{canteen}今天的{dish}咸了点
{canteen}的{dish}下架了吗，找了一圈没有
推荐{canteen}{floor}的{dish}，{yuan}管饱
早上{clock}去{canteen}，包子已经没了
{canteen}打饭的阿姨手不抖，爱了
想吃{dish}，有没有一起去{canteen}的
{canteen}的汤今天是热的，难得
请问{canteen}周末几点关门
{dish}和{dish2}选哪个，在线等
{canteen}筷子没消毒干净，有一股味儿
{canteen}新来的师傅做{dish}有一手
减脂第{n29}天，败给了{dish}
{canteen}空调太冷了，吃饭得披外套
`,
  },
  {
    share: 12,
    said: `
{house}{floor}洗衣机又排队，手洗了
{house}的宿管阿姨今天夸我阳台干净
今晚{house}热水挺足的，舒服
{house}楼下的猫又胖了一圈
请问{house}{floor}的水房灯报修了吗，有点闪
{house}隔音不太行，对面唱歌我全听见
宿舍四个人{clock}集体开始泡面
{house}门禁几点，晚回来登记一下就行吗
{house}水压这两天小了点，是错觉吗
室友打呼噜怎么委婉地说，急
{house}晾衣杆断了一根，报修了明天来
求推荐宿舍小风扇，静音的
{house}快递柜旁边有把伞，谁丢的
熄灯以后全楼一片手机光，像星星
`,
  },
  {
    share: 12,
    said: `
{course}的作业是这周交还是下周交
{course}老师今天讲得真好，下课还有人围着问
{course}期中算不算分，学长说算
有没有{course}的笔记，可以拿{course2}的换
{course}课上点名了，差一点没赶上
{course}教室换到{floor}了，别走错
老师拖堂{n29}分钟，食堂只剩{dish}
求{course}教材，二手的就行
{course}的网课要看完{percent}才能考试
请问{course2}可以旁听吗，感兴趣
{course}小组作业又是我一个人做
这学期{n29}门专业课，周三从早满到晚
{course}实验报告写了八页，手都酸了
缓考申请表在哪里下载，教务处网站没找到
`,
  },
  {
    share: 6,
    said: `
图书馆{floor}校园网比宿舍快，跑来下资料
{house}晚上网有点慢，{clock}以后好一些
校园网密码改了在哪里重新登录
请问新手机怎么连校园网，要登记吗
网络中心的老师远程帮我弄好了，谢谢
{house}WiFi信号只有一格，靠门口才有
打游戏延迟{n69}十，能忍
校园网能不能同时登两台设备
`,
  },
  {
    share: 8,
    said: `
图书馆{floor}靠窗的位子阳光正好
{clock}的图书馆还有位子，可以来
图书馆闭馆音乐是什么歌，好听
借的书超期一天，罚了一毛钱
图书馆{floor}空调漏水，拿桶接着
建议图书馆多买几本{course}的参考书
预约系统今天很顺，三秒约到
图书馆门口的银杏和人一样多
还书机吞书了，找值班老师解决了
请问图书馆能带外卖进去吗，保温杯呢
`,
  },
  {
    share: 13,
    said: `
今天的晚霞绝了，{place}那边看最好
{place}的花开了，路过的都在拍
风好大，{place}的自行车倒了一排
下雨天{place}积水，穿拖鞋的笑了
{clock}的{place}一个人都没有，安静
摄影社又出片了，{place}这张当壁纸
毕业{n29}年了，还是想念{place}
好想回{place}再走一圈
{place}的路灯亮得刚刚好
清早在{place}背单词，被鸟拉了一身
`,
  },
  {
    share: 12,
    said: `
昨晚那把{n29}杀，兄弟们今晚继续
这周末看什么电影，求推荐
追的剧大结局了，失眠到{clock}
谁有{course}的课件，请喝奶茶
今天生日，一个人吃了{dish}，也挺好
姐妹们{place}新开的奶茶店去过没
又胖了{n29}斤，明天开始跑步（第{n69}次）
抽到演唱会的票了，啊啊啊啊
手机摔了，屏幕像蜘蛛网
周一综合征，困到{clock}
我妈问我钱怎么花的，我说吃了{dish}
单身第{n69}个月，今天也很快乐
`,
  },
  {
    share: 6,
    said: `
{club}招新摊位在哪，走了一圈没找到
{club}今晚{clock}在{place}排练，欢迎来看
运动会报了{n69}百米，现在后悔还来得及吗
{club}的表演真精彩，嗓子都喊哑了
志愿时长什么时候录入，系统里还是{n29}小时
羽毛球缺一个，{clock}体育馆，来吗
校队赢了{n29}个球，今晚加餐{dish}
{club}拍的视频播放量过万了
`,
  },
  {
    share: 6,
    said: `
谢谢{place}保安叔叔帮我找到钱包
给{canteen}点个赞，今天{dish}份量足
网络中心回复好快，表扬一下
{course}老师改作业一条条写批注，感动
谢谢捡到我校园卡的同学，放在{house}门口了
宿管阿姨给我留了门，暖心
图书馆值班老师帮我找书找了半小时
校医院护士姐姐打针一点不疼
`,
  },
  {
    share: 5,
    said: `
在{place}捡到一副眼镜，黑框的，来领
丢了一张校园卡，{course}课上，捡到的请联系宿管
谁在{canteen}拿错了我的水杯，蓝色的
{place}捡到一串钥匙，上面有只小熊
耳机落在{course}教室了，还能找到吗
雨伞在{place}被拿错，格子的那把是我的
`,
  },
  {
    share: 2,
    said: `
出二手{course}教材，九成新，{yuan}
驾校团报优惠，报名减三百，{n69}人成团
代拿快递一单{n29}块，{house}都送
考研资料便宜出，{course}全套
租一个显示器，一学期，价格好说
`,
  },
  {
    share: 4,
    said: `
请问{place}几点开放，周末去行吗
在读证明去哪里开，要带什么
校园卡补办要多少钱，{clock}还有人吗
请假三天要谁签字，辅导员说要学院
校车票哪里买，手机能不能买
成绩单打印机在{place}还有吗
学生证注册章这学期还盖不盖
四六级报名截止了吗，忘了报
`,
  },
];

/** What may stand before and after anything. */
export const openers: readonly string[] =
  '话说 那个 哈哈哈 救命 姐妹们 大家 有没有人知道 弱弱地说 刚刚 真的 今天 说实话 打卡 同学们 报告 插一句 终于 啊这 笑死 唉'.split(
    ' ',
  );

export const tails: readonly string[] =
  '哈哈哈 [doge] [允悲] 谢谢 在线等 有一起的吗 晚安 记录一下 大家觉得呢 求回复 懂的都懂 就这样吧 溜了 绝了 开心 好吧 明天再说 加油 不说了上课了 困 是我想多了吗 有同感的吗 仅代表个人 狗头保命 [心] [笑cry] 嗯 太真实了 学到了 蹲一个 码住 感谢 希望越来越好 顺便问一句有人吗 我先说的 今天也要努力 周末见 下次一定'.split(
    ' ',
  );

/** What may stand after something that is the matter. */
export const gravely: readonly string[] =
  '求回复 有人管吗 在线等 [允悲] 服了 谢谢 无语 希望重视 请给个说法 [怒] 真的 急 转给相关部门看看 懂的都懂 大家都来说说 心累 算了 [摊手]'.split(
    ' ',
  );

/** As others chime in; nobody knows with what, but for where it stands. */
export const echoes: readonly string[] =
  '+1 同 同感 我也是 我们这边也一样 确实 真的 同求 顶 支持 说得对 是这样的 我也想问 附议 +10086 就是'.split(
    ' ',
  );
