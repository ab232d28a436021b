import type { Announcements, ScreenReaderInstructions, UniqueIdentifier } from "@dnd-kit/core";
import { useMemo } from "react";
import { useT } from "../../i18n/locale.ts";
import { spotDataOf } from "./drag-subject.ts";

interface DragWords {
  readonly announcements: Announcements;
  readonly screenReaderInstructions: ScreenReaderInstructions;
}

/** What a screen reader is told while something is dragged, in the language on screen. */
export function useDragWords(nameOf: (id: UniqueIdentifier) => string): DragWords {
  const t = useT();
  return useMemo(() => {
    const where = (over: { readonly id: UniqueIdentifier; readonly data: { readonly current?: unknown } }) => {
      const data = spotDataOf(over.data.current);
      if (data) return { position: data.spot.index + 1, section: data.sectionName };
      return { position: Number(over.id) + 1, section: t("designer.choices") };
    };
    return {
      screenReaderInstructions: { draggable: t("designer.dragHint") },
      announcements: {
        onDragStart: ({ active }) => t("designer.picked", { name: nameOf(active.id) }),
        onDragOver: ({ active, over }) =>
          over
            ? t("designer.overPlace", { name: nameOf(active.id), ...where(over) })
            : t("designer.overNothing", { name: nameOf(active.id) }),
        onDragEnd: ({ active, over }) =>
          over
            ? t("designer.dropped", { name: nameOf(active.id), ...where(over) })
            : t("designer.droppedNowhere", { name: nameOf(active.id) }),
        onDragCancel: ({ active }) => t("designer.cancelled", { name: nameOf(active.id) }),
      },
    };
  }, [t, nameOf]);
}
