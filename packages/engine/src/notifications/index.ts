export { countUnread, listNotifications, markRead, type Notification, type NotificationList } from "./inbox.ts";
export { listMails, type Mail, readMail } from "./mails.ts";
export { type NewNotification, type NotificationKind, type NotificationLink, notifyMembers } from "./notify.ts";
