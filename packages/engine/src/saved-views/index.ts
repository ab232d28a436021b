export {
  createSavedView,
  deleteSavedView,
  listSavedViews,
  type SavedView,
  type SavedViewInput,
  updateSavedView,
} from "./saved-views.ts";
