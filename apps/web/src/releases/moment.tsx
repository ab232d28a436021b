import dayjs from "dayjs";
import { useLocale } from "../i18n/locale.ts";

/** A moment in the reader's zone and language: the time alone for today, the full date otherwise. */
export function Moment({ at }: { readonly at: string | null | undefined }) {
  const locale = useLocale();
  if (!at) return null;
  const moment = dayjs(at);
  const isToday = moment.isSame(dayjs(), "day");
  const format = new Intl.DateTimeFormat(
    locale,
    isToday ? { timeStyle: "short" } : { dateStyle: "medium", timeStyle: "short" },
  );
  return (
    <time
      dateTime={at}
      title={new Intl.DateTimeFormat(locale, { dateStyle: "full", timeStyle: "long" }).format(moment.toDate())}
    >
      {format.format(moment.toDate())}
    </time>
  );
}
