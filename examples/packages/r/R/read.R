# Reads the tables of a Kaltim Kompeten site with the types that its datapackage.json declares.

titles <- c(id = "title", en = "title_en")

# Names of the tables, with their titles. base: address of the site; release: one that was kept.
list_tables <- function(base, release = NULL, language = "id") {
  vapply(resources(base, release), function(resource) resource[[titles[[language]]]], "")
}

# The rows as a data frame. NA: the source has no value, see the status; with a language columns are named by titles.
read_published <- function(table, base, release = NULL, language = NULL) {
  found <- resources(base, release)
  if (!table %in% names(found)) stop("no table ", table, "; there are: ", toString(names(found)))
  rows <- read.csv(address(base, release, found[[table]]$path),
    colClasses = "character", na.strings = "", encoding = "UTF-8", check.names = FALSE
  )
  fields <- found[[table]]$schema$fields
  rows[] <- Map(typed, fields, rows)
  if (!is.null(language)) names(rows) <- vapply(fields, function(field) field[[titles[[language]]]], "")
  rows
}

typed <- function(field, text) {
  if (field$type == "boolean") return(text == "true")
  if (field$type %in% c("integer", "number")) return(as.numeric(text)) # rupiah outgrow R's integer
  if (is.null(field$prefix)) text else gsub(field$prefix, "", text, fixed = TRUE)
}

resources <- function(base, release) {
  found <- fromJSON(address(base, release, "datapackage.json"), simplifyVector = FALSE)$resources
  stats::setNames(found, vapply(found, function(resource) resource$name, ""))
}

address <- function(base, release, path) {
  paste0(sub("/+$", "", base), "/downloads/", if (!is.null(release)) paste0("releases/", release, "/"), path)
}
