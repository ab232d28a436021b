import {
  AlignLeftOutlined,
  ApartmentOutlined,
  CalendarOutlined,
  CheckCircleOutlined,
  CheckSquareOutlined,
  ClockCircleOutlined,
  DollarOutlined,
  FieldBinaryOutlined,
  FieldNumberOutlined,
  FontSizeOutlined,
  FunctionOutlined,
  LinkOutlined,
  MailOutlined,
  NodeIndexOutlined,
  PercentageOutlined,
  PhoneOutlined,
  QuestionOutlined,
  RetweetOutlined,
  SwitcherOutlined,
  TableOutlined,
  TagsOutlined,
  UserOutlined,
} from "@ant-design/icons";
import type { ComponentType } from "react";

const KIND_ICONS: Readonly<Record<string, ComponentType<{ "aria-hidden"?: boolean }>>> = {
  text: FontSizeOutlined,
  longtext: AlignLeftOutlined,
  number: FieldNumberOutlined,
  money: DollarOutlined,
  percent: PercentageOutlined,
  boolean: SwitcherOutlined,
  date: CalendarOutlined,
  datetime: ClockCircleOutlined,
  select: CheckCircleOutlined,
  multiselect: CheckSquareOutlined,
  tags: TagsOutlined,
  email: MailOutlined,
  phone: PhoneOutlined,
  url: LinkOutlined,
  member: UserOutlined,
  department: ApartmentOutlined,
  reference: RetweetOutlined,
  subform: TableOutlined,
  stage: NodeIndexOutlined,
  autonumber: FieldBinaryOutlined,
  formula: FunctionOutlined,
};

/** The icon of a field kind. */
export function KindIcon({ name }: { readonly name: string }) {
  const Found = KIND_ICONS[name] ?? QuestionOutlined;
  return <Found aria-hidden />;
}
