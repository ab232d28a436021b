import { useQuery } from "@tanstack/react-query";
import { Input, Modal, Select } from "antd";
import { useDeferredValue, useId, useState } from "react";
import { useT } from "../i18n/locale.ts";
import { useWorkspace } from "../model/workspace-context.tsx";
import { fetchPage } from "../records/use-records.ts";
import { titleOf } from "../records/widget-environment.tsx";
import css from "./transition-dialog.module.css";

/** An open task, by the name of whom it asks now. */
export interface OpenTask {
  readonly id: string;
  readonly label: string;
}

interface Props {
  readonly tasks: readonly OpenTask[];
  readonly isBusy: boolean;
  readonly onSave: (task: string, members: readonly string[], comment: string) => void;
  readonly onClose: () => void;
}

/** An administrator says who decides a step, where nobody was found or the wrong one was asked. */
export function NamePeopleDialog({ tasks, isBusy, onSave, onClose }: Props) {
  const t = useT();
  const [peopleId, taskId, commentId] = [useId(), useId(), useId()];
  const [task, setTask] = useState(tasks[0]?.id ?? "");
  const [members, setMembers] = useState<readonly string[]>([]);
  const [comment, setComment] = useState("");
  const people = useMemberOptions();
  return (
    <Modal
      open
      title={t("process.namePeopleTitle")}
      okText={t("common.save")}
      okButtonProps={{ disabled: members.length === 0 || task === "" }}
      confirmLoading={isBusy}
      onOk={() => onSave(task, members, comment.trim())}
      onCancel={onClose}
    >
      <div className={css.body}>
        <p>{t("process.namePeopleHint")}</p>
        {tasks.length > 1 && (
          <div>
            <label htmlFor={taskId} className={css.label}>
              {t("process.whose")}
            </label>
            <Select
              id={taskId}
              style={{ width: "100%" }}
              value={task}
              onChange={setTask}
              options={tasks.map(({ id, label }) => ({ value: id, label }))}
            />
          </div>
        )}
        <div>
          <label htmlFor={peopleId} className={css.label}>
            {t("process.people")}
          </label>
          <Select
            id={peopleId}
            mode="multiple"
            style={{ width: "100%" }}
            value={[...members]}
            onChange={setMembers}
            options={people.options}
            showSearch={{ filterOption: false, onSearch: people.find }}
          />
        </div>
        <div>
          <label htmlFor={commentId} className={css.label}>
            {t("process.comment")}
          </label>
          <Input.TextArea
            id={commentId}
            value={comment}
            onChange={(event) => setComment(event.target.value)}
            autoSize={{ minRows: 2, maxRows: 6 }}
            maxLength={2000}
          />
        </div>
      </div>
    </Modal>
  );
}

/** Members who are there, by what is typed. */
function useMemberOptions() {
  const { slug } = useWorkspace();
  const [words, setWords] = useState("");
  const q = useDeferredValue(words.trim());
  const found = useQuery({
    queryKey: ["records", slug, "member", "active", q],
    queryFn: ({ signal }) =>
      fetchPage(
        slug,
        "member",
        { q, limit: 30, filter: { "==": [{ var: "state" }, "active"] }, ...(q === "" ? { sort: "name" } : {}) },
        signal,
      ),
    placeholderData: (before) => before,
  });
  const options = (found.data?.items ?? []).map(({ id, values }) => ({ value: id, label: titleOf(values.name) ?? id }));
  return { options, find: setWords };
}
