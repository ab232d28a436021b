import { DatePicker } from "antd";
import dayjs from "dayjs";
import { DateTime } from "luxon";
import { fieldWidget } from "../widget/field-widget.ts";
import type { EditProps, ReadProps } from "../widget-kind.ts";

export const datetimeWidget = fieldWidget({ key: "datetime", Edit: DatetimeEdit, Read: DatetimeRead, width: 150 });

const WALL_CLOCK = "YYYY-MM-DDTHH:mm:ss";

/** The picker shows the wall clock of the reader's zone, whatever zone the browser is in. */
function DatetimeEdit({ value, onChange, env, ...rest }: EditProps) {
  const shown = typeof value === "string" ? dayjs(wallClock(value, env.timeZone)) : null;
  return (
    <DatePicker
      id={rest.id}
      style={{ width: "100%" }}
      showTime={{ format: "HH:mm", minuteStep: 5 }}
      format={["YYYY-MM-DD HH:mm", "YYYY/M/D H:mm"]}
      needConfirm={false}
      value={shown}
      onChange={(moment) =>
        onChange(moment === null || Array.isArray(moment) ? null : instant(moment.format(WALL_CLOCK), env.timeZone))
      }
      disabled={rest.disabled}
      status={rest.isInvalid ? "error" : undefined}
      variant={rest.isBare ? "borderless" : undefined}
      autoFocus={rest.autoFocus}
      aria-label={rest.label}
      aria-invalid={rest.isInvalid}
      aria-describedby={rest.describedBy}
    />
  );
}

function DatetimeRead({ value, env }: ReadProps) {
  if (typeof value !== "string") return null;
  return <time dateTime={value}>{wallClock(value, env.timeZone).slice(0, 16).replace("T", " ")}</time>;
}

function wallClock(iso: string, timeZone: string): string {
  return DateTime.fromISO(iso, { zone: timeZone }).toFormat("yyyy-MM-dd'T'HH:mm:ss");
}

function instant(wall: string, timeZone: string): string {
  return DateTime.fromISO(wall, { zone: timeZone }).toUTC().toJSDate().toISOString();
}
