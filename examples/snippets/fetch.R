library(jsonlite)

base <- Sys.getenv("KALTIM_KOMPETEN", "https://kaltim-kompeten.invalid/")
rows <- fromJSON(paste0(base, "api/v1/progress.json"), simplifyVector = FALSE)$data

for (row in rows) {
  # null bukan 0, lihat status / null is not 0, see the status
  reached <- if (is.null(row$achieved$value)) row$achieved$status else row$achieved$value
  cat(row$target$target_id, row$target$value, row$target$unit, reached, row$achieved$bound, sep = "\t")
  cat("\n")
}
