import { Switch } from "antd";
import { writeYesNo } from "../common/boolean-text.ts";
import { fieldWidget } from "../widget/field-widget.ts";
import type { EditProps, ReadProps } from "../widget-kind.ts";

export const booleanWidget = fieldWidget({ key: "boolean", Edit: BooleanEdit, Read: BooleanRead, width: 90 });

function BooleanEdit({ value, onChange, env, ...rest }: EditProps) {
  return (
    <Switch
      id={rest.id}
      checked={value === true}
      onChange={(isOn) => onChange(isOn)}
      checkedChildren={writeYesNo(true, env.locale)}
      unCheckedChildren={writeYesNo(false, env.locale)}
      disabled={rest.disabled ?? false}
      aria-label={rest.label}
      aria-describedby={rest.describedBy}
    />
  );
}

function BooleanRead({ value, env }: ReadProps) {
  return typeof value === "boolean" ? writeYesNo(value, env.locale) : null;
}
