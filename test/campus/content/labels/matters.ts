/** A matter that several remarks are about, as a person in the office would name it. */
export interface Matter {
  /** One line, as in a list of topics. */
  says: string;
  /** What a person would name as its key phrases. A method finds one when it gives the phrase, or contains or is contained in it. */
  phrases: readonly string[];
}

const inCanteens = {
  'canteen-price': { says: '食堂涨价和份量', phrases: ['涨价', '公示成本', '份量', '酸汤肥牛', '豆浆'] },
  'canteen-open-day': { says: '食堂开放日', phrases: ['开放日', '台账', '报名', '冷藏间'] },
  'canteen-cold-food': { says: '二食堂饭菜是凉的', phrases: ['二食堂', '三号窗口', '凉的', '保温柜'] },
  'scale-overcharge': { says: '麻辣香锅称重多扣钱', phrases: ['麻辣香锅', '称重', '多扣', '公平秤'] },
} satisfies Record<string, Matter>;

const inDormitories = {
  'dorm-water-outage': {
    says: '北区6、7、8号楼停水',
    phrases: ['停水', '七号楼', '送水车', '储水桶', '备用泵', '来水'],
  },
  'dorm-yellow-water': { says: '恢复供水后水发黄', phrases: ['黄水', '铁锈味', '水箱', '检测单'] },
  'dorm-hot-water': { says: '七号楼热水不热', phrases: ['热水', '报修三次', '水温', '恒温阀'] },
  'dorm-heating': { says: '宿舍暖气不热', phrases: ['暖气', '16度', '测温', '管道'] },
  'dorm-keeper': { says: '六号楼宿管阿姨受感谢', phrases: ['宿管阿姨', '暖心', '涨工资'] },
} satisfies Record<string, Matter>;

const inTeaching = {
  'midterm-exams': { says: '期中考试太难', phrases: ['高数', '考完', '线代', '最后一道大题', '要死了'] },
  'exam-arrangements': { says: '期中考试的安排和缓考', phrases: ['排考', '准考证', '缓考', '同一天'] },
  'exam-listening': { says: '英语听力没声音', phrases: ['听力', '没声音', '听力设备'] },
  'course-selection': {
    says: '选课抽签和系统崩溃',
    phrases: ['选课', '抽签', '系统又崩了', '教务系统', '502'],
  },
  'suspension-notice': { says: '误发的停课通知', phrases: ['停课', '停课两天', '误发', '没接到通知'] },
  'strange-tales-lecture': { says: '聊斋讲座', phrases: ['令狐老师', '席方平', '报告厅', '录播'] },
} satisfies Record<string, Matter>;

const inServices = {
  'library-seats': { says: '图书馆占座和预约', phrases: ['占座', '预约', '违约', '座位'] },
  'library-heating': { says: '图书馆暖气', phrases: ['阅览室暖气', '检修', '手冻'] },
  'campus-network': { says: '校园网断线和割接', phrases: ['割接', '断网', 'wifi', '掉线', '测速'] },
  'clinic-service': { says: '校医院看病难', phrases: ['校医院', '取药窗口', '一个医生', '布洛芬'] },
  'flu-vaccine': { says: '流感疫苗', phrases: ['医保', '胳膊酸', '打完'] },
  'parcel-station': { says: '快递站搬迁', phrases: ['取件柜', '快递', '包裹', '签收'] },
  'housing-refund': { says: '退宿费没到', phrases: ['退费', '住宿费', '退宿'] },
  'shuttle-late': { says: '班车晚点', phrases: ['司机师傅', '北门站牌', '等了四十分钟'] },
  'winter-stay': { says: '寒假留校', phrases: ['留校', '3号楼', '年夜饭', '住宿费'] },
  'job-fair': { says: '秋季双选会', phrases: ['双选会', '简历', '师范类岗位', '体育馆'] },
} satisfies Record<string, Matter>;

const inSafety = {
  'fire-drill': { says: '消防演练被当成着火', phrases: ['演练', '5号楼', '着火', '烟雾弹', '警报'] },
  'fire-doors': { says: '疏散通道的隐患', phrases: ['防火门', '安全出口', '指示灯'] },
  'fraud-victims': { says: '刷单和冒充客服被骗', phrases: ['刷单', '被骗', '共享屏幕', '追回'] },
  'exam-refund-fraud': { says: '冒充教务处退四六级报名费', phrases: ['四六级', '退费', '验证码', '教务处'] },
  'fraud-lures': { says: '刷单广告', phrases: ['兼职刷单', '日结', '先垫付', '秒返'] },
  'leaked-student-data': { says: '学生信息怎么泄露的', phrases: ['泄露', '姓名学号', '信息'] },
  'aid-list-leak': { says: '困难生公示露出身份证号', phrases: ['身份证号', '公示', '隐藏的表', '撤下来'] },
  'gate-lamps': { says: '东门路灯不亮', phrases: ['东门', '路灯', '太黑', '加几盏灯'] },
  'gate-followed': { says: '东门外有人尾随', phrases: ['跟着女生', '东门外', '巡逻', '保安室'] },
  'gale-damage': { says: '大风损坏', phrases: ['风太大', '广告牌', '密封条'] },
} satisfies Record<string, Matter>;

const praised = {
  'river-rescue': { says: '三名学生救起落水儿童', phrases: ['体院', '跳下去', '见义勇为', '太勇敢'] },
  'sports-meeting': { says: '运动会', phrases: ['外院方阵', '检录处', '志愿者', '最后一棒'] },
  'anniversary-volunteers': { says: '校庆志愿者时长', phrases: ['6小时', '报名链接', '8小时'] },
} satisfies Record<string, Matter>;

export const matters = {
  ...inCanteens,
  ...inDormitories,
  ...inTeaching,
  ...inServices,
  ...inSafety,
  ...praised,
} satisfies Record<string, Matter>;

export type MatterName = keyof typeof matters;
