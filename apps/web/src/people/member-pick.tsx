import { useQuery } from "@tanstack/react-query";
import { Select } from "antd";
import { useDeferredValue, useState } from "react";
import { useWorkspace } from "../model/workspace-context.tsx";
import { fetchPage } from "../records/use-records.ts";
import { textOf } from "./people-data.ts";

interface Props {
  readonly id?: string;
  readonly value?: string | null;
  readonly onChange?: (value: string | null) => void;
  readonly label: string;
  /** The name of the member chosen at first. */
  readonly title?: string;
  /** A member that cannot be chosen. */
  readonly except?: string;
}

/** Finds a member by typing. */
export function MemberPick({ id, value, onChange, label, title = "", except }: Props) {
  const { slug } = useWorkspace();
  const [words, setWords] = useState("");
  const [first] = useState({ id: value ?? null, title });
  const wanted = useDeferredValue(words.trim());
  const found = useQuery({
    queryKey: ["records", slug, "member", "pick", wanted],
    queryFn: ({ signal }) =>
      fetchPage(slug, "member", { q: wanted, limit: 30, ...(wanted ? {} : { sort: "name" }) }, signal),
    placeholderData: (before) => before,
  });
  const options = (found.data?.items ?? [])
    .filter((item) => item.id !== except)
    .map((item) => ({ value: item.id, label: textOf(item, "name") }));
  const isKnown = options.some((option) => option.value === value);
  const shown =
    value && !isKnown && value === first.id ? [{ value, label: first.title || value }, ...options] : options;
  return (
    <Select
      {...(id ? { id } : {})}
      allowClear
      value={value ?? null}
      aria-label={label}
      showSearch={{ filterOption: false, onSearch: setWords, searchValue: words }}
      options={shown}
      onChange={(next: string | null | undefined) => onChange?.(next ?? null)}
      style={{ width: "100%" }}
    />
  );
}
